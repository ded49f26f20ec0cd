import { Piscina } from 'piscina';
import { defaultMemoryMiB } from '../pool/index.js';
import { huntMutant } from './hunt-mutant.js';
import type { HuntOutcome, HuntTask } from './hunt-task.js';
import { huntWorkerFile } from './hunt-worker-file.js';

export interface HuntAllOptions {
  /** 1: in this thread. */
  readonly workers: number;
  readonly onOutcome?: ((task: HuntTask, outcome: HuntOutcome) => void) | undefined;
  /** JavaScript heap that each worker may have, in MiB. By default as in a {@link RunPool}. */
  readonly memoryMiB?: number;
  /** Begins no further hunt when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Does all hunts; answers their outcomes in the order of the tasks, null for those that an interrupt kept from being done. What a
 * hunt finds depends on its task alone, the times do not. A hunt whose worker dies has that for its fault; the others go on.
 */
export async function huntAll(tasks: readonly HuntTask[], { workers, onOutcome, memoryMiB = defaultMemoryMiB(workers), signal }: HuntAllOptions): Promise<(HuntOutcome | null)[]> {
  const outcomes = new Array<HuntOutcome | null>(tasks.length).fill(null);
  const pool = workers > 1 ? poolOf(workers, memoryMiB) : null;
  const doOne = async (task: HuntTask): Promise<HuntOutcome> => (pool === null ? huntMutant(task) : huntIn(pool, task));
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < tasks.length && signal?.aborted !== true) {
      const index = next++;
      const task = tasks[index]!;
      const outcome = await doOne(task);
      outcomes[index] = outcome;
      onOutcome?.(task, outcome);
      // An interrupt is heard between two hunts.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await pool?.close();
  return outcomes;
}

function poolOf(workers: number, memoryMiB: number): Piscina<HuntTask, HuntOutcome> {
  const pool = new Piscina<HuntTask, HuntOutcome>({ filename: huntWorkerFile(), name: 'huntMutant', maxThreads: workers, resourceLimits: { maxOldGenerationSizeMb: memoryMiB } });
  // A worker that dies between two hunts is replaced when the next one comes.
  pool.on('error', () => undefined);
  return pool;
}

async function huntIn(pool: Piscina<HuntTask, HuntOutcome>, task: HuntTask): Promise<HuntOutcome> {
  const start = performance.now();
  try {
    return await pool.run(task);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const fault = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'its worker ran out of memory' : `its worker died (${message})`;
    return { found: false, runs: 0, millis: performance.now() - start, violated: [], small: null, fault: `the hunt with base seed ${task.baseSeed} came to nothing: ${fault}` };
  }
}
