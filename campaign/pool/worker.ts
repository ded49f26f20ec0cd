import { runJob } from './run-job.js';
import { type ScenarioParcel, ScenarioUnpacker } from './scenario-parcel.js';
import type { RunJob, RunReply } from './job.js';

/** A job as it travels. */
export type ParcelledJob = Omit<RunJob, 'scenario'> & { readonly parcel: ScenarioParcel };

/** What travels back: an error of the run is data, so that nothing but the end of a worker looks like one. */
export type ParcelledReply = { readonly reply: RunReply } | { readonly thrown: Error };

const unpacker = new ScenarioUnpacker();

/** Called by the pool in a worker thread, once a job. */
export function work({ parcel, ...job }: ParcelledJob): ParcelledReply {
  try {
    return { reply: runJob({ ...job, scenario: unpacker.unpack(parcel) }) };
  } catch (error) {
    return { thrown: error instanceof Error ? error : new Error(String(error)) };
  }
}
