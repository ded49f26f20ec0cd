import { Piscina } from 'piscina';
import { huntMutant } from './hunt-mutant.js';
import type { HuntOutcome, HuntTask } from './hunt-task.js';
import { huntWorkerFile } from './hunt-worker-file.js';

export interface HuntAllOptions {
  /** 1: in this thread. */
  readonly workers: number;
  readonly onOutcome?: ((task: HuntTask, outcome: HuntOutcome) => void) | undefined;
  /** Begins no further hunt when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Does all hunts; answers their outcomes in the order of the tasks, null for those that an interrupt kept from being done. What a
 * hunt finds depends on its task alone, the times do not.
 */
export async function huntAll(tasks: readonly HuntTask[], { workers, onOutcome, signal }: HuntAllOptions): Promise<(HuntOutcome | null)[]> {
  const outcomes = new Array<HuntOutcome | null>(tasks.length).fill(null);
  const pool = workers > 1 ? new Piscina({ filename: huntWorkerFile(), name: 'huntMutant', maxThreads: workers }) : null;
  const doOne = async (task: HuntTask): Promise<HuntOutcome> => (pool === null ? huntMutant(task) : (pool.run(task) as Promise<HuntOutcome>));
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
