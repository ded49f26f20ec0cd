import { EventKind } from '../../history/index.js';
import { mayHappen } from '../contracts/concerns.js';
import { mayBeReceivedAgain } from '../facts/renewed-receive.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface OtherLength extends Breach {
  readonly what: 'extended' | 'granted';
  readonly micros: number;
  /** What was asked for, or set: the least and the most. */
  readonly leastMicros: number;
  readonly mostMicros: number;
}

/**
 * SQS, ChangeMessageVisibility: the timeout counts from now, replaces what was left, and holds for this receive alone; the next one
 * has the queue's timeout or its own. A late request may be an older one: any length will do that consumers asked for. A receive that is asked for again under its
 * attempt id makes the leases of what it got begin anew.
 */
export const extendFromNow = defineInvariant<OtherLength, 'extend-from-now'>({
  id: 'extend-from-now',
  promise: 'A receive leases a message for as long as it asks for or its queue says, and an extension makes the lease last as long from now as was asked for, of which the next receive knows nothing.',
  exercisedBy: 'leases extended',
  concerns: mayHappen('extension'),
  hearsAll: true,
  create(facts, tally) {
    const { copies } = facts;
    return {
      on: {
        [EventKind.leaseExtend]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || isMisplaced(facts, event)) return;
          tally.exercised++;
          const leastMicros = copies.shortestAsked[slot]!;
          const mostMicros = copies.longestAsked[slot]!;
          if (mostMicros === -1 || (event.c >= leastMicros && event.c <= mostMicros) || mayBeReceivedAgain(facts, event) || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, what: 'extended', micros: event.c, leastMicros, mostMicros });
        },
        [EventKind.leaseGrant]: (event) => {
          const lengths = facts.queue(event.dest).contract?.leaseMicros;
          if (lengths === undefined || lengths.includes(event.c) || !tally.breach(null)) return;
          tally.tell({
            atMicros: event.time, message: event.message, queue: event.dest, what: 'granted', micros: event.c,
            leastMicros: Math.min(...lengths), mostMicros: Math.max(...lengths),
          });
        },
      },
    };
  },
  word({ atMicros, message, queue, what, micros, leastMicros, mostMicros }, { at, name, span }) {
    const range = leastMicros === mostMicros ? span(leastMicros) : `${span(leastMicros)} to ${span(mostMicros)}`;
    if (what === 'granted') return `message ${message} was leased from ${name(queue)} at ${at(atMicros)} for ${span(micros)}; receives there ask for ${range}`;
    return `the lease of message ${message} was made to last ${span(micros)} from ${at(atMicros)}; consumers had asked for ${range}`;
  },
});
