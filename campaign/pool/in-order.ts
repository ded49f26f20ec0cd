import { RunFaultError } from './errors.js';
import type { RunJob, RunReply } from './job.js';
import type { RunPool } from './run-pool.js';

/** A job that is over: with its reply, or with the fault that came instead. */
export type FinishedRun<Job extends RunJob = RunJob> =
  | { readonly job: Job; readonly reply: RunReply; readonly fault: null }
  | { readonly job: Job; readonly reply: null; readonly fault: RunFaultError };

/** Jobs that are over and wait for an earlier one, at most: a long run does not hold up the workers. */
const MAX_WAITING = 1000;

/**
 * Does jobs on all workers of a pool and hands them out in the order in which they were given, whichever ends first. Jobs are
 * taken as they are needed, so there may be any number of them; who stops listening stops the taking.
 *
 * @throws PoolStoppedError when the pool is stopped meanwhile, after all that was over by then is handed out
 */
export async function* runInOrder<Job extends RunJob>(pool: RunPool, jobs: Iterable<Job>): AsyncGenerator<FinishedRun<Job>> {
  const source = jobs[Symbol.iterator]();
  const queue: Entry<Job>[] = [];
  let atWork = 0;
  let wake = (): void => undefined;
  const begin = (job: Job): void => {
    const entry: Entry<Job> = { outcome: null };
    atWork += 1;
    queue.push(entry);
    void settled(pool, job).then((outcome) => {
      entry.outcome = outcome;
      atWork -= 1;
      wake();
    });
  };
  try {
    for (let isMore = true; ;) {
      while (isMore && atWork < pool.appetite && queue.length < MAX_WAITING) {
        const next = source.next();
        isMore = next.done !== true;
        if (next.done !== true) begin(next.value);
      }
      const [first] = queue;
      if (first === undefined) return;
      if (first.outcome === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else {
        queue.shift();
        if ('failure' in first.outcome) {
          yield* finishedIn(queue);
          throw first.outcome.failure;
        }
        yield first.outcome;
      }
    }
  } finally {
    source.return?.();
  }
}

type Outcome<Job extends RunJob> = FinishedRun<Job> | { readonly failure: Error };

interface Entry<Job extends RunJob> {
  outcome: Outcome<Job> | null;
}

/** What is over although an earlier job never will be. */
const finishedIn = <Job extends RunJob>(queue: readonly Entry<Job>[]): FinishedRun<Job>[] =>
  queue.flatMap(({ outcome }) => (outcome === null || 'failure' in outcome ? [] : [outcome]));

async function settled<Job extends RunJob>(pool: RunPool, job: Job): Promise<Outcome<Job>> {
  try {
    return { job, reply: await pool.run(job), fault: null };
  } catch (error) {
    if (error instanceof RunFaultError) return { job, reply: null, fault: error };
    return { failure: error instanceof Error ? error : new Error(String(error)) };
  }
}
