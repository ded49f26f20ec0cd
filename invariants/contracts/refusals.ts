import type { QueueContract } from './run-contract.js';

/** A queue that refuses what is too much for it: publishes, and dead letters. One of whose limits nothing is said may. */
export function mayRefuse({ push, drops }: QueueContract): boolean {
  if (push === undefined) return false;
  return drops === undefined || (push.overflow !== 'drop-head' && (push.maxLength !== null || push.maxBytes !== null));
}

/** What a queue holds, of whatever it counts. */
export interface Held {
  readonly messages: number;
  readonly bytes: number;
}

/** Whether a queue that holds so much may refuse a message of that size. */
export function mayBeFull(queue: QueueContract, { messages, bytes }: Held, sizeBytes: number): boolean {
  const { push, drops } = queue;
  if (push === undefined || !mayRefuse(queue)) return false;
  if (drops === undefined) return true;
  return (push.maxLength !== null && messages >= push.maxLength) || (push.maxBytes !== null && bytes + sizeBytes > push.maxBytes);
}
