import { Bench } from 'tinybench';
import { Recorder } from '../history/index.js';
import { INVARIANTS, Judge, type RunContract } from '../invariants/index.js';
import { MessageLife } from './message-life.js';
import type { BenchRow } from './row.js';

const MESSAGES = 50_000;

const CONTRACT: RunContract = {
  personality: 'sqs',
  strict: true,
  broker: { name: 'broker', flush: 'always' },
  queues: [
    { name: 'jobs', deadLetter: { queue: 'dead', maxReceiveCount: 3 }, handlers: ['plain'] },
    { name: 'dead', deadLetter: null, handlers: [] },
  ],
  redeliveryBoundMicros: 1_000_000,
  recoveryBoundMicros: 60_000_000,
  clients: [],
  clockDrift: 0,
};

export const name = `Judge: ${INVARIANTS.length} invariants, ${MessageLife.events} events a message`;

/** What judging adds to recording the same history. */
export async function run({ quick }: { readonly quick: boolean }): Promise<BenchRow[]> {
  const bench = new Bench({ time: quick ? 200 : 2000, warmupTime: quick ? 100 : 500 });
  for (const inFlight of [100, 10_000]) {
    bench.add(`recorded ${inFlight}`, () => live(inFlight, false));
    bench.add(`judged ${inFlight}`, () => live(inFlight, true));
  }
  await bench.run();
  const nanos = (task: string): number => (medianMillis(bench, task) * 1e6) / MESSAGES;
  return [100, 10_000].map((inFlight) => ({
    name: `judged, ${inFlight} messages in flight`,
    value: nanos(`judged ${inFlight}`) - nanos(`recorded ${inFlight}`),
    unit: 'ns/message',
    goal: 1000,
    peer: { name: 'recording and fingerprint alone', value: nanos(`recorded ${inFlight}`) },
  }));
}

function live(inFlight: number, isJudged: boolean): void {
  const life = new MessageLife();
  const recorder = new Recorder({ time: life.time, keep: 'off' });
  const judge = new Judge({ names: recorder.names, contract: CONTRACT });
  if (isJudged) recorder.subscribe(judge);
  life.emit(recorder, MESSAGES, inFlight);
  recorder.flush();
  const broken = judge.finish().find((verdict) => verdict.verdict === 'violated');
  if (broken !== undefined) throw new Error(`The benchmark's history breaks ${broken.invariant}: ${broken.first?.text ?? ''}`);
}

function medianMillis(bench: Bench, task: string): number {
  const result = bench.getTask(task)?.result;
  if (result === undefined || !('latency' in result)) throw new Error(`The benchmark "${task}" did not finish.`);
  return result.latency.p50 ?? Number.NaN;
}
