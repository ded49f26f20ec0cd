import { EventKind, type NameId } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import { CopyFlag, CopyMark } from '../facts/copy-facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { ackHolds } from '../facts/update-messages.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Redelivery extends Breach {
  readonly consumer: NameId;
  readonly deliveryCount: number;
  readonly cameBack: boolean;
}

/**
 * Judged when the broker grants a lease, not when a delivery arrives: one that left before the acknowledgement may arrive
 * after it. A confirmed acknowledgement counts when its handle was valid; SQS confirms others and ignores them.
 */
export const ackedNotRedelivered = defineInvariant<Redelivery, 'acked-not-redelivered'>({
  id: 'acked-not-redelivered',
  promise: 'A stored copy whose acknowledgement with a valid handle was confirmed is never handed out again.',
  exercisedBy: 'confirmed acknowledgements with a valid handle',
  create(facts, tally) {
    const { standard } = facts;
    return {
      on: {
        [EventKind.ackOk]: (event) => {
          if (ackHolds(facts, event)) tally.exercised++;
        },
        [EventKind.leaseGrant]: (event) => {
          const { copies } = facts;
          const slot = event.copySlot;
          let circumstance: Circumstance | null = standard;
          if (slot !== NO_SLOT) {
            if (!copies.has(slot, CopyFlag.acknowledged)) return;
            if (copies.has(slot, CopyFlag.shortfallAllowed)) circumstance = facts.allowance;
          } else if (copies.marks.get(event.copy) !== CopyMark.acknowledged) return;
          if (!tally.breach(circumstance)) return;
          const cameBack = slot !== NO_SLOT && copies.has(slot, CopyFlag.returned);
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, deliveryCount: event.b, cameBack });
        },
      },
    };
  },
  word({ atMicros, message, consumer, deliveryCount, cameBack }, { at, name }) {
    const how = cameBack ? ': the broker had the copy again, from its journal or from a storage server that had missed the removal' : '';
    return `message ${message} was handed out to ${name(consumer)} at ${at(atMicros)} (delivery count ${deliveryCount}), although its acknowledgement had been confirmed${how}`;
  },
});
