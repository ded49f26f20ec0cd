import { mayRefuse } from '../contracts/refusals.js';
import type { Facts } from './facts.js';
import { MessageFlag, Outcome } from './message-facts.js';

/**
 * Whether a message whose commit was answered may have been refused by a quorum queue: that counts as committed all the same, and nobody tells. A classic queue that
 * refuses leaves the commit without its answer. (RabbitMQ: tx.commit, as recorded from the server.)
 */
export function mayBeRefusedInTransaction(facts: Facts, slot: number): boolean {
  const { messages, contract } = facts;
  if (messages.outcome[slot] !== Outcome.ok || messages.stored[slot] !== 0 || (messages.flags[slot]! & MessageFlag.lossUnexcused) !== 0) return false;
  return facts.client(messages.producer[slot]!)?.commits === true && contract.queues.some((queue) => queue.push?.type === 'quorum' && mayRefuse(queue));
}
