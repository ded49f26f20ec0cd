import { defaultMemoryMiB, type LossKind, WorkerLostError, WorkerPool } from '../pool/index.js';
import type { HuntOutcome, HuntTask } from './hunt-task.js';
import { huntWorkerFile } from './hunt-worker-file.js';

export interface HuntAllOptions {
  readonly workers: number;
  /** Real time that one run may take, in milliseconds. Default: no limit. */
  readonly runMillis?: number;
  readonly onOutcome?: ((task: HuntTask, outcome: HuntOutcome) => void) | undefined;
  /** JavaScript heap that each worker may have, in MiB. By default as in a {@link RunPool}. */
  readonly memoryMiB?: number;
  /** Ends everything at once when it is aborted, hunts that are under way too. */
  readonly signal?: AbortSignal;
}

/**
 * Does all hunts; answers their outcomes in the order of the tasks, null for those that an interrupt kept from being done. What a
 * hunt finds depends on its task alone, the times do not. A hunt whose worker dies has that for its fault; the others go on.
 */
export async function huntAll(tasks: readonly HuntTask[], { workers, onOutcome, memoryMiB = defaultMemoryMiB(workers), runMillis = Infinity, signal }: HuntAllOptions): Promise<(HuntOutcome | null)[]> {
  const outcomes = new Array<HuntOutcome | null>(tasks.length).fill(null);
  const isEnded = (): boolean => signal?.aborted === true;
  if (isEnded()) return outcomes;
  const pool: HuntPool = new WorkerPool({ filename: huntWorkerFile(), name: 'huntForPool', workers, memoryMiB, runMillis });
  const stop = (): void => void pool.stop();
  signal?.addEventListener('abort', stop, { once: true });
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < tasks.length && !isEnded()) {
      const index = next++;
      const task = tasks[index]!;
      const outcome = await huntIn(pool, task, isEnded);
      outcomes[index] = outcome;
      if (outcome !== null) onOutcome?.(task, outcome);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  signal?.removeEventListener('abort', stop);
  await (isEnded() ? pool.stop() : pool.close());
  return outcomes;
}

type HuntPool = WorkerPool<HuntTask, HuntOutcome>;

const LOST: Readonly<Record<LossKind, string>> = {
  'out-of-memory': 'its worker ran out of memory',
  'worker-died': 'its worker died',
  'did-not-end': 'a run of it did not end',
};

/** Null for a hunt whose worker was ended with everything else. */
async function huntIn(pool: HuntPool, task: HuntTask, isEnded: () => boolean): Promise<HuntOutcome | null> {
  const start = performance.now();
  try {
    return await pool.run(task);
  } catch (error) {
    if (!(error instanceof WorkerLostError)) throw error;
    if (isEnded()) return null;
    const fault = `the hunt with base seed ${task.baseSeed} came to nothing: ${LOST[error.kind]}`;
    return { found: false, runs: 0, millis: performance.now() - start, violated: [], small: null, fault };
  }
}
