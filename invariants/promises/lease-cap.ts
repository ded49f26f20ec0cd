import { EventKind } from '../../history/index.js';
import { mayHappen } from '../contracts/concerns.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TooLong extends Breach {
  readonly receivedMicros: number;
  readonly endMicros: number;
}

/** Longest time from a receive to the end of its lease, extensions included. SQS: 12 hours; an extension beyond that is refused, not cut. */
const MAX_LEASE_MICROS = 43_200_000_000;

/** A lease that a recovery brings back starts again, and with it the time that it may be extended to. */
export const leaseCap = defineInvariant<TooLong, 'lease-cap'>({
  id: 'lease-cap',
  promise: 'No lease is extended beyond twelve hours after its receive.',
  exercisedBy: 'extensions that consumers asked for',
  concerns: mayHappen('extension'),
  create(facts, tally) {
    const { copies } = facts;
    return {
      on: {
        [EventKind.extendInvoke]: () => {
          tally.exercised++;
        },
        [EventKind.leaseExtend]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || isMisplaced(facts, event)) return;
          const receivedMicros = copies.grantedAt[slot]!;
          const endMicros = event.time + event.c;
          const excess = endMicros - receivedMicros - MAX_LEASE_MICROS;
          if (excess <= 0) return;
          if (!tally.breach(excess <= facts.driftMicros(MAX_LEASE_MICROS) ? 'drifting-clock' : null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, receivedMicros, endMicros });
        },
      },
    };
  },
  word({ atMicros, message, receivedMicros, endMicros }, { at, span }) {
    return `the lease of message ${message} was extended at ${at(atMicros)} until ${at(endMicros)}, ${span(endMicros - receivedMicros)} after its receive`;
  },
});
