import { threadId } from 'node:worker_threads';
import { beat, type Pulse } from './pulse.js';
import { runJob } from './run-job.js';
import { type ScenarioParcel, ScenarioUnpacker } from './scenario-parcel.js';
import type { RunJob, RunReply } from './job.js';
import type { Watchable } from './worker-pool.js';

/** Jobs as they travel: runs of one scenario. */
export interface ParcelledJobs {
  readonly parcel: ScenarioParcel;
  readonly jobs: readonly Omit<RunJob, 'scenario'>[];
}

/** What travels back of one: an error of the run is data, so that nothing but the end of a worker looks like one. */
export type ParcelledReply = { readonly reply: RunReply } | { readonly thrown: Error };

export interface ParcelledReplies {
  /** In the order of the jobs. */
  readonly replies: readonly ParcelledReply[];
  /** Real time that they took. */
  readonly millis: number;
}

const unpacker = new ScenarioUnpacker();

/** Called by the pool in a worker thread, once a task. */
export function work({ parcel, pulse, jobs }: Watchable<ParcelledJobs>): ParcelledReplies {
  const start = performance.now();
  const replies = jobs.map((job) => replyTo(job, parcel, pulse));
  return { replies, millis: performance.now() - start };
}

function replyTo(job: Omit<RunJob, 'scenario'>, parcel: ScenarioParcel, pulse: Pulse | null): ParcelledReply {
  try {
    return { reply: runJob({ ...job, scenario: unpacker.unpack(parcel) }, () => beat(pulse, threadId)) };
  } catch (error) {
    return { thrown: error instanceof Error ? error : new Error(String(error)) };
  }
}
