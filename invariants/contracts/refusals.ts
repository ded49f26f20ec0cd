import type { QueueContract } from './run-contract.js';

/** A queue that refuses what is too much for it: publishes, and dead letters. One of whose limits nothing is said may. */
export function mayRefuse({ push, drops }: QueueContract): boolean {
  if (push === undefined) return false;
  return drops === undefined || (push.overflow !== 'drop-head' && (push.maxLength !== null || push.limitsBytes));
}

/** Whether a queue that holds so many messages may refuse one more; sizes are not counted. */
export function mayBeFull(queue: QueueContract, messages: number): boolean {
  const { push, drops } = queue;
  if (push === undefined || !mayRefuse(queue)) return false;
  return drops === undefined || push.limitsBytes || messages >= push.maxLength!;
}
