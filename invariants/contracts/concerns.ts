import type { RunContract } from './run-contract.js';

/** Which runs an invariant about one kind of queue concerns. */

export const queuesThatPush = ({ queues }: RunContract): boolean => queues.some(({ push }) => push !== undefined);

export const fifoQueues = ({ queues }: RunContract): boolean => queues.some(({ kind }) => kind === 'fifo');

export const fairQueues = ({ queues }: RunContract): boolean => queues.some(({ isFair }) => isFair === true);
