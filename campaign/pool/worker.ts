import { threadId } from 'node:worker_threads';
import { beat } from './pulse.js';
import { runJob } from './run-job.js';
import { type ScenarioParcel, ScenarioUnpacker } from './scenario-parcel.js';
import type { RunJob, RunReply } from './job.js';
import type { Watchable } from './worker-pool.js';

/** A job as it travels. */
export type ParcelledJob = Omit<RunJob, 'scenario'> & { readonly parcel: ScenarioParcel };

/** What travels back: an error of the run is data, so that nothing but the end of a worker looks like one. */
export type ParcelledReply = { readonly reply: RunReply } | { readonly thrown: Error };

const unpacker = new ScenarioUnpacker();

/** Called by the pool in a worker thread, once a job. */
export function work({ parcel, pulse, ...job }: Watchable<ParcelledJob>): ParcelledReply {
  try {
    return { reply: runJob({ ...job, scenario: unpacker.unpack(parcel) }, () => beat(pulse, threadId)) };
  } catch (error) {
    return { thrown: error instanceof Error ? error : new Error(String(error)) };
  }
}
