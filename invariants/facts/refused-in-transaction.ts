import type { Facts } from './facts.js';
import { MessageFlag, Outcome } from './message-facts.js';
import type { QueueFacts } from './queue-facts.js';

/**
 * Whether a message whose commit was answered may have been refused by a quorum queue that was full at some time: that counts as committed all the same, and nobody tells. A classic queue that
 * refuses leaves the commit without its answer. (RabbitMQ: tx.commit, as recorded from the server.)
 */
export function mayBeRefusedInTransaction(facts: Facts, slot: number): boolean {
  const { messages } = facts;
  if (messages.outcome[slot] !== Outcome.ok || messages.stored[slot] !== 0 || (messages.flags[slot]! & MessageFlag.lossUnexcused) !== 0) return false;
  let mayBe = false;
  facts.forEachQueue((queue) => {
    mayBe ||= mayHaveRefusedInTransaction(facts, slot, queue);
  });
  return mayBe;
}

/** Whether this queue may have. */
export function mayHaveRefusedInTransaction(facts: Facts, slot: number, queue: QueueFacts): boolean {
  const { messages } = facts;
  return facts.client(messages.producer[slot]!)?.commits === true && queue.contract?.push?.type === 'quorum' && queue.mayHaveBeenFullFor(messages.sizeBytes[slot]!, 0);
}
