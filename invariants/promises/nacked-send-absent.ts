import { EventKind, type NameId } from '../../history/index.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { MessageFlag } from '../facts/message-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Ghost extends Breach {
  /** The consumer that got it, or the producer that was told that it failed. */
  readonly actor: NameId;
  readonly wasDeliveredBefore: boolean;
}

/** A send of unknown outcome is not a failed one: it may appear. */
export const nackedSendAbsent = defineInvariant<Ghost, 'nacked-send-absent'>({
  id: 'nacked-send-absent',
  promise: 'A message whose send definitely failed is never delivered.',
  exercisedBy: 'sends that definitely failed',
  create(facts, tally) {
    return {
      on: {
        [EventKind.sendFail]: (event) => {
          // One of the queues behind an exchange may have refused it, and the others keep it.
          if (facts.isExchange(event.dest)) return;
          tally.exercised++;
          const slot = event.messageSlot;
          if (slot === NO_SLOT || (facts.messages.flags[slot]! & MessageFlag.delivered) === 0) return;
          if (tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, actor: event.actor, wasDeliveredBefore: true });
        },
        [EventKind.deliver]: (event) => {
          if (!facts.messages.hasFailed(event.message, event.messageSlot) || isElsewhere(facts, event)) return;
          if (tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, actor: event.actor, wasDeliveredBefore: false });
        },
      },
    };
  },
  word({ atMicros, message, actor, wasDeliveredBefore }, { at, name }) {
    return wasDeliveredBefore
      ? `${name(actor)} was told at ${at(atMicros)} that its send of message ${message} had failed, when it had been delivered already`
      : `message ${message} was delivered to ${name(actor)} at ${at(atMicros)}, although its producer had been told that the send failed`;
  },
});

/** It is a copy that another queue behind the same exchange took, or a dead letter of the queue that refused it. */
function isElsewhere({ contract, messages }: Facts, event: EventView): boolean {
  if (contract.personality !== 'rabbitmq') return false;
  const slot = event.messageSlot;
  return slot === NO_SLOT ? (contract.exchanges ?? []).length > 0 : messages.queue[slot] !== event.dest;
}
