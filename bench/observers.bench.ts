import { Recorder } from '../history/index.js';
import { judgeScenario, runScenario, type Scenario } from '../scenarios/index.js';
import { Laboratory } from '../scenarios/run/laboratory.js';
import { lifeScenario } from './life-scenario.js';
import { median } from './median.js';
import type { BenchRow } from './row.js';

export const name = 'what watching costs: the same run watched, and with nobody who listens';

/** Takes no event. */
class DeafRecorder extends Recorder {
  readonly isDeaf = true;

  override emit(): void {
    // Nothing is heard.
  }
}

/** A whole run that stands for the others: nobody listens. */
function deafSeconds(scenario: Scenario, virtualMicros: number): number {
  const start = performance.now();
  const laboratory = new Laboratory(scenario, {}, { createRecorder: (time) => new DeafRecorder({ time, keep: 'off' }), hasPassages: false });
  laboratory.world.start();
  laboratory.world.runUntil(virtualMicros);
  if (laboratory.producers.some((producer) => !producer.isDone)) throw new Error('the run without listeners did not come to its end');
  return (performance.now() - start) / 1000;
}

/** How many times as long as without; they take turns, so that all meet the machine in the same mood. */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const messages = quick ? 50_000 : 300_000;
  const scenario = lifeScenario(messages);
  const seconds = { deaf: [] as number[], judged: [] as number[], measured: [] as number[] };
  for (let round = 0; round <= (quick ? 2 : 7); round += 1) {
    const start = performance.now();
    if (judgeScenario(scenario).run.events < messages) throw new Error('the run recorded too little');
    const between = performance.now();
    const { virtualMicros } = runScenario(scenario).run;
    const end = performance.now();
    const deaf = deafSeconds(scenario, virtualMicros);
    if (round === 0) continue;
    seconds.judged.push((between - start) / 1000);
    seconds.measured.push((end - between) / 1000);
    seconds.deaf.push(deaf);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const times = (watched: readonly number[]): number => median(watched.map((figure, round) => figure / seconds.deaf[round]!));
  const peer = { name: 'nobody listens', value: median(seconds.deaf) };
  return [
    { name: `${messages} messages, recorder, fingerprint and judge`, value: median(seconds.judged), unit: 's', peer },
    { name: 'times as long, round by round', value: times(seconds.judged), unit: '', goal: 1.5 },
    { name: 'the same with all measures', value: median(seconds.measured), unit: 's', peer },
    { name: 'times as long, round by round', value: times(seconds.measured), unit: '' },
  ];
}
