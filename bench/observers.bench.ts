import { Recorder } from '../history/index.js';
import { type InvariantId, Judge } from '../invariants/index.js';
import { judgeScenario, runScenario, type Scenario } from '../scenarios/index.js';
import { contractOf } from '../scenarios/run/contract.js';
import { Laboratory, type LaboratoryExtras } from '../scenarios/run/laboratory.js';
import type { RunOptions } from '../scenarios/run/options.js';
import { smallScenario } from './check-scenario.js';
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

/** The eleven that the run puts to the test, and the three others that hear most of it. */
const FOURTEEN: ReadonlySet<InvariantId> = new Set<InvariantId>([
  'no-phantom', 'acked-send-not-lost', 'acked-not-redelivered', 'ledger-no-resurrect', 'lease-exclusive', 'count-exact', 'message-ledger', 'drains', 'longpoll-contract',
  'at-most-once-effects', 'exactly-once-effects', 'lease-not-early', 'lease-expiry-live', 'zombie-ack-safe',
]);

interface Bare {
  readonly scenario: Scenario;
  /** As long as it takes. */
  readonly virtualMicros: number;
  readonly seed?: string;
}

/** Seconds of a whole run of which no result is made. */
function secondsOf({ scenario, virtualMicros, seed = scenario.seed }: Bare, options: RunOptions, extras: LaboratoryExtras): number {
  const start = performance.now();
  const laboratory = new Laboratory(scenario, { seed, ...options }, { ...extras, hasPassages: false });
  laboratory.world.start();
  laboratory.world.runUntil(virtualMicros);
  laboratory.recorder.flush();
  if (laboratory.producers.some((producer) => !producer.isDone)) throw new Error('the run without listeners did not come to its end');
  return (performance.now() - start) / 1000;
}

const deafSeconds = (bare: Bare): number => secondsOf(bare, {}, { createRecorder: (time) => new DeafRecorder({ time, keep: 'off' }) });

function fourteenSeconds(bare: Bare): number {
  let judge: Judge | null = null;
  const begin = (names: Recorder['names']): Judge => (judge = new Judge({ names, contract: contractOf(bare.scenario), only: FOURTEEN }));
  const seconds = secondsOf(bare, { observers: [begin] }, {});
  const verdicts = (judge as Judge | null)?.finish() ?? [];
  if (verdicts.length !== FOURTEEN.size || verdicts.some(({ verdict }) => verdict === 'violated')) throw new Error('the fourteen were not judged as they should be');
  return seconds;
}

/** The small scenario of a check, a seed after the other. */
function smallRows(quick: boolean): BenchRow[] {
  const small = smallScenario();
  const scenario: Scenario = { ...small, expect: { ...small.expect, thresholds: [] } };
  const runs = Array.from({ length: quick ? 20 : 100 }, (_, index): Bare => {
    const seed = String(index + 1);
    return { scenario, seed, virtualMicros: judgeScenario(scenario, { seed }).run.virtualMicros };
  });
  const all = (secondsOfOne: (bare: Bare) => number): number => runs.reduce((sum, bare) => sum + secondsOfOne(bare), 0);
  const seconds = { deaf: [] as number[], fourteen: [] as number[] };
  for (let round = 0; round <= (quick ? 3 : 12); round += 1) {
    const deaf = all(deafSeconds);
    const fourteen = all(fourteenSeconds);
    if (round < 2) continue;
    seconds.deaf.push(deaf);
    seconds.fourteen.push(fourteen);
  }
  return [
    { name: `${runs.length} small runs with three faults, recorder, fingerprint and fourteen invariants`, value: median(seconds.fourteen), unit: 's', peer: { name: 'nobody listens', value: median(seconds.deaf) } },
    { name: 'times as long, round by round', value: median(seconds.fourteen.map((figure, round) => figure / seconds.deaf[round]!)), unit: '', goal: 1.5 },
  ];
}

/** How many times as long as without; they take turns, so that all meet the machine in the same mood. */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const messages = quick ? 50_000 : 300_000;
  const scenario = lifeScenario(messages);
  const seconds = { deaf: [] as number[], fourteen: [] as number[], judged: [] as number[], measured: [] as number[] };
  for (let round = 0; round <= (quick ? 2 : 7); round += 1) {
    const start = performance.now();
    if (judgeScenario(scenario).run.events < messages) throw new Error('the run recorded too little');
    const between = performance.now();
    const { virtualMicros } = runScenario(scenario).run;
    const end = performance.now();
    const deaf = deafSeconds({ scenario, virtualMicros });
    const fourteen = fourteenSeconds({ scenario, virtualMicros });
    if (round === 0) continue;
    seconds.fourteen.push(fourteen);
    seconds.judged.push((between - start) / 1000);
    seconds.measured.push((end - between) / 1000);
    seconds.deaf.push(deaf);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const times = (watched: readonly number[]): number => median(watched.map((figure, round) => figure / seconds.deaf[round]!));
  const peer = { name: 'nobody listens', value: median(seconds.deaf) };
  return [
    ...smallRows(quick),
    { name: `${messages} messages, recorder, fingerprint and fourteen invariants`, value: median(seconds.fourteen), unit: 's', peer },
    { name: 'times as long, round by round', value: times(seconds.fourteen), unit: '', goal: 1.5 },
    { name: 'the same with every invariant that hears anything of it', value: median(seconds.judged), unit: 's', peer },
    { name: 'times as long, round by round', value: times(seconds.judged), unit: '' },
    { name: 'the same with all measures', value: median(seconds.measured), unit: 's', peer },
    { name: 'times as long, round by round', value: times(seconds.measured), unit: '' },
  ];
}
