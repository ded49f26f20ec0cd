import { Recorder } from '../history/index.js';
import { runScenario } from '../scenarios/index.js';
import { Laboratory } from '../scenarios/run/laboratory.js';
import { lifeScenario } from './life-scenario.js';
import { median } from './median.js';
import type { BenchRow } from './row.js';

export const name = 'what watching costs: the same run with recorder, fingerprint, judge and measures, and with nobody who listens';

/** Takes no event. */
class DeafRecorder extends Recorder {
  override emit(): void {
    // Nothing is heard.
  }
}

/** Times as long as without; the two take turns, so that both meet the machine in the same mood. */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const messages = quick ? 50_000 : 300_000;
  const scenario = lifeScenario(messages);
  const watched: number[] = [];
  const unwatched: number[] = [];
  const factors: number[] = [];
  for (let round = 0; round <= (quick ? 2 : 7); round += 1) {
    const start = performance.now();
    const { virtualMicros, events } = runScenario(scenario).run;
    if (events < messages) throw new Error('the run recorded too little');
    const between = performance.now();
    const laboratory = new Laboratory(scenario, {}, (time) => new DeafRecorder({ time, keep: 'off' }));
    laboratory.world.start();
    laboratory.world.runUntil(virtualMicros);
    if (laboratory.producers.some((producer) => !producer.isDone)) throw new Error('the run without listeners did not come to its end');
    const end = performance.now();
    if (round === 0) continue;
    watched.push((between - start) / 1000);
    unwatched.push((end - between) / 1000);
    factors.push((between - start) / (end - between));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return [
    { name: `${messages} messages`, value: median(watched), unit: 's', peer: { name: 'nobody listens', value: median(unwatched) } },
    { name: 'times as long, round by round', value: median(factors), unit: '', goal: 1.5 },
  ];
}
