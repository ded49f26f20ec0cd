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

/** A quorum queue that has begun to refuse goes on until it holds no more than this share of its limit. (RabbitMQ: rabbit_fifo, LOW_LIMIT.) */
const LOW_SHARE = 0.8;

/** Whether a queue that holds so much may refuse a message of that size. */
export function mayBeFull(queue: QueueContract, { messages, bytes }: Held, sizeBytes: number): boolean {
  const { push, drops } = queue;
  if (push === undefined || !mayRefuse(queue)) return false;
  if (drops === undefined) return true;
  if (push.type === 'quorum') return isAbove(messages, push.maxLength) || isAbove(bytes + sizeBytes, push.maxBytes);
  return (push.maxLength !== null && messages >= push.maxLength) || (push.maxBytes !== null && bytes + sizeBytes > push.maxBytes);
}

/** `bound` 0: there may be one, and nobody knows which. */
const isAbove = (held: number, bound: number | null): boolean => bound !== null && (bound === 0 || held > Math.trunc(bound * LOW_SHARE));
