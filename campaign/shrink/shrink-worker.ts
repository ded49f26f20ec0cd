import { threadId } from 'node:worker_threads';
import { type Explicit, type RunOutcome, type RunResult, type Scenario, WorkloadTooLargeError } from '../../scenarios/index.js';
import { beat, type Watchable } from '../pool/index.js';
import type { TracksData } from './message-tracks.js';
import { RunsHere } from './shrink-runs.js';

/** One run for shrinking, or two to verify it. Plain data: it travels to another thread. */
export type ShrinkJob = { readonly scenario: Scenario; readonly mutants: readonly string[]; readonly verify: boolean } & (
  | { readonly want: 'explicit'; readonly seed: string }
  | { readonly want: 'judged'; readonly maxEvents?: number }
  | { readonly want: 'whole' }
);

/** What travels back: an error of the run is data, so that nothing but the end of the worker looks like one. */
export type ShrinkReply =
  | { readonly explicit: Explicit }
  | { readonly judged: { readonly outcome: RunOutcome; readonly tracks: TracksData } | null }
  | { readonly whole: RunResult }
  /** More messages than can be written out; the name of the scenario. */
  | { readonly tooLarge: string }
  | { readonly thrown: Error };

/** Called by the pool in a worker thread, once a job. */
export function shrinkForPool({ pulse, ...job }: Watchable<ShrinkJob>): ShrinkReply {
  try {
    return replyTo(job, new RunsHere({ verify: job.verify, onRun: () => beat(pulse, threadId) }));
  } catch (error) {
    if (error instanceof WorkloadTooLargeError) return { tooLarge: job.scenario.name };
    return { thrown: error instanceof Error ? error : new Error(String(error)) };
  }
}

function replyTo(job: ShrinkJob, runs: RunsHere): ShrinkReply {
  const { scenario, mutants } = job;
  if (job.want === 'explicit') return { explicit: runs.explicit(scenario, { seed: job.seed, mutants }) };
  if (job.want === 'whole') return { whole: runs.whole(scenario, { mutants }) };
  const judged = runs.judge(scenario, { mutants, ...(job.maxEvents === undefined ? {} : { maxEvents: job.maxEvents }) });
  return { judged: judged === null ? null : { outcome: judged.outcome, tracks: judged.tracks.data() } };
}
