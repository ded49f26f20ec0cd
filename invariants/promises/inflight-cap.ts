import { EventKind, type NameId } from '../../history/index.js';
import { fullFlight } from '../contracts/concerns.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TooMany extends Breach {
  readonly consumer: NameId;
  readonly inFlight: number;
  readonly limit: number;
}

/** What is handed out a second time while it is leased takes no more room. */
export const inflightCap = defineInvariant<TooMany, 'inflight-cap'>({
  id: 'inflight-cap',
  promise: 'A queue has no more messages in flight than its limit.',
  exercisedBy: 'messages handed out while the queue was within one of its limit',
  concerns: fullFlight,
  create(facts, tally) {
    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          const queue = facts.queue(event.dest);
          const { leased, maxInFlight } = queue;
          if (leased < maxInFlight - 1) return;
          tally.exercised++;
          const isLeased = event.copySlot !== NO_SLOT && facts.copies.isHeld(event.copySlot, event.time);
          if (leased < maxInFlight || isLeased || !tally.breach(facts.standard)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, inFlight: leased + 1, limit: maxInFlight });
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, inFlight, limit }, { at, name }) {
    return `message ${message} was handed out to ${name(consumer)} at ${at(atMicros)} as number ${inFlight} in flight in ${name(queue)}, which allows ${limit}`;
  },
});
