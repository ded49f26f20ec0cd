import type { InvariantId } from '../catalogue.js';
import { INVARIANT_CONTRACTS } from './invariant-contracts.js';
import type { QueueContract, RunContract } from './run-contract.js';
import type { SystemId } from './systems.js';

/** Whether some queue of the run is of a kind that makes the promise, be it with exceptions. */
export const isPromised = (id: InvariantId, { queues, strict }: RunContract): boolean => queues.some((queue) => INVARIANT_CONTRACTS[id].systems[systemOf(queue, strict)] !== undefined);

function systemOf({ kind, push }: QueueContract, strict: boolean): SystemId {
  if (push !== undefined) return `rabbitmq-${push.type}`;
  return kind === 'fifo' ? 'sqs-fifo' : strict ? 'strict' : 'sqs-standard';
}
