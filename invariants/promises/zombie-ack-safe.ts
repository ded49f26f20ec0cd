import { EventKind, type NameId } from '../../history/index.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TakenAway extends Breach {
  readonly holder: NameId;
  readonly heldUntilMicros: number;
}

/** In a standard queue an old handle may delete the message under its new holder (recorded against SQS for changes of the visibility timeout). */
export const zombieAckSafe = defineInvariant<TakenAway, 'zombie-ack-safe'>({
  id: 'zombie-ack-safe',
  promise: 'An acknowledgement by a consumer whose lease was replaced takes no message away from its new holder.',
  exercisedBy: 'acknowledgements that the broker was asked for with a handle that a later receive had replaced',
  create(facts, tally) {
    const { copies } = facts;
    /** Copies that were acknowledged so, as long as they are there. */
    const tested = new Set<number>();
    return {
      on: {
        [EventKind.ackInvoke]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || copies.handle[slot]! <= event.a) return;
          tally.exercised++;
          tested.add(event.copy);
        },
        [EventKind.drop]: (event) => void tested.delete(event.copy),
        [EventKind.settle]: (event) => {
          const slot = event.copySlot;
          const wasTested = tested.delete(event.copy);
          if (slot === NO_SLOT || isMisplaced(facts, event) || copies.handle[slot]! <= event.a || !copies.isHeld(slot, event.time)) return;
          // Its lease was replaced when the acknowledgement was on its way.
          if (!wasTested) tally.exercised++;
          if (!tally.breach(facts.queue(event.dest).isFifo ? null : 'superseded-handle')) return;
          tally.tell({
            atMicros: event.time, message: event.message, queue: event.dest, holder: copies.holder[slot]!, heldUntilMicros: copies.availableAt[slot]!,
          });
        },
      },
    };
  },
  word({ atMicros, message, queue, holder, heldUntilMicros }, { at, name }) {
    return `message ${message} was taken out of ${name(queue)} at ${at(atMicros)} by an acknowledgement under an older lease, while ${name(holder)} held it until ${at(heldUntilMicros)}`;
  },
});
