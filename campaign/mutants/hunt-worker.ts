import { threadId } from 'node:worker_threads';
import { beat, type Watchable } from '../pool/index.js';
import { huntMutant } from './hunt-mutant.js';
import type { HuntOutcome, HuntTask } from './hunt-task.js';

/** Called by the pool in a worker thread, once a hunt. */
export async function huntForPool({ pulse, ...task }: Watchable<HuntTask>): Promise<HuntOutcome> {
  return huntMutant(task, () => beat(pulse, threadId));
}
