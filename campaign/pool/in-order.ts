import { RunFaultError } from './errors.js';
import type { RunJob, RunReply } from './job.js';
import type { RunPool } from './run-pool.js';

/** A job that is over: with its reply, or with the fault that came instead. */
export type FinishedRun<Job extends RunJob = RunJob> =
  | { readonly job: Job; readonly reply: RunReply; readonly fault: null }
  | { readonly job: Job; readonly reply: null; readonly fault: RunFaultError };

/** Jobs under way for each worker: enough that none waits, and that a long run does not hold up the others. */
const AHEAD_PER_WORKER = 8;

/**
 * Does jobs on all workers of a pool and hands them out in the order in which they were given, whichever ends first. Jobs are
 * taken as they are needed, so there may be any number of them; who stops listening stops the taking.
 *
 * @throws PoolStoppedError when the pool is stopped meanwhile
 */
export async function* runInOrder<Job extends RunJob>(pool: RunPool, jobs: Iterable<Job>): AsyncGenerator<FinishedRun<Job>> {
  const source = jobs[Symbol.iterator]();
  const underWay: Promise<FinishedRun<Job>>[] = [];
  const limit = pool.workers * AHEAD_PER_WORKER;
  let isMore = true;
  try {
    while (true) {
      while (isMore && underWay.length < limit) {
        const next = source.next();
        isMore = next.done !== true;
        if (next.done !== true) underWay.push(heard(finished(pool, next.value)));
      }
      const first = underWay.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    source.return?.();
  }
}

async function finished<Job extends RunJob>(pool: RunPool, job: Job): Promise<FinishedRun<Job>> {
  try {
    return { job, reply: await pool.run(job), fault: null };
  } catch (error) {
    if (!(error instanceof RunFaultError)) throw error;
    return { job, reply: null, fault: error };
  }
}

/** Waited for later, or no more: until then its failure is not unheard of. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
