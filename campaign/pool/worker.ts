import { type MessagePort, threadId } from 'node:worker_threads';
import { beat, type Pulse } from './pulse.js';
import { runJob } from './run-job.js';
import { type ScenarioParcel, ScenarioUnpacker } from './scenario-parcel.js';
import type { RunJob, RunReply } from './job.js';
import type { Watchable } from './worker-pool.js';

/** Jobs as they travel: runs of one scenario. */
export interface ParcelledJobs {
  readonly parcel: ScenarioParcel;
  readonly jobs: readonly Omit<RunJob, 'scenario'>[];
  /** Where the reply to each goes when it is over, in their order. */
  readonly replies: MessagePort;
}

/** What travels back of one: an error of the run is data, so that nothing but the end of a worker looks like one. */
export type ParcelledReply = { readonly reply: RunReply } | { readonly thrown: Error };

const unpacker = new ScenarioUnpacker();

/** Called by the pool in a worker thread, once a task; answers the real time that its runs took, in milliseconds. */
export function work({ parcel, pulse, jobs, replies }: Watchable<ParcelledJobs>): number {
  const start = performance.now();
  for (const job of jobs) replies.postMessage(replyTo(job, parcel, pulse));
  return performance.now() - start;
}

function replyTo(job: Omit<RunJob, 'scenario'>, parcel: ScenarioParcel, pulse: Pulse | null): ParcelledReply {
  try {
    return { reply: runJob({ ...job, scenario: unpacker.unpack(parcel) }, () => beat(pulse, threadId)) };
  } catch (error) {
    return { thrown: error instanceof Error ? error : new Error(String(error)) };
  }
}
