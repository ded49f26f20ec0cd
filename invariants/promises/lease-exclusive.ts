import { EventKind, type NameId } from '../../history/index.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface SecondLease extends Breach {
  readonly consumer: NameId;
  readonly holder: NameId;
  readonly heldUntilMicros: number;
}

/** A lease lasts by the broker's own word: granted for so long, and neither ended nor given back. A consumer's crash does not end it. */
export const leaseExclusive = defineInvariant<SecondLease, 'lease-exclusive'>({
  id: 'lease-exclusive',
  promise: 'While a lease of a message runs, nobody else is given one.',
  exercisedBy: 'leases granted',
  create(facts, tally) {
    const { standard } = facts;
    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          tally.exercised++;
          const { copies } = facts;
          const slot = event.copySlot;
          if (slot === NO_SLOT || !copies.isHeld(slot, event.time) || isMisplaced(facts, event)) return;
          const isDrift = copies.availableAt[slot]! - event.time <= facts.driftMicros(copies.leaseMicros[slot]!);
          if (!tally.breach(isDrift ? 'drifting-clock' : standard)) return;
          tally.tell({
            atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer,
            holder: copies.holder[slot]!, heldUntilMicros: copies.availableAt[slot]!,
          });
        },
      },
    };
  },
  word({ atMicros, message, consumer, holder, heldUntilMicros }, { at, name }) {
    return `message ${message} was delivered to ${name(consumer)} at ${at(atMicros)} while ${name(holder)} held it until ${at(heldUntilMicros)}`;
  },
});
