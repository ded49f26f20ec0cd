import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface WrongFlag extends Breach {
  readonly consumer: NameId;
  readonly deliveries: number;
}

/** How often a copy was handed out, and under which handle last. */
interface Deliveries {
  count: number;
  handle: number;
}

/** What a broker knew of deliveries when it ended is its own affair: after a recovery the count goes on from what the journal says. */
export const redeliveredFlag = defineInvariant<WrongFlag, 'redelivered-flag'>({
  id: 'redelivered-flag',
  promise: 'A delivery is marked as a redelivery if, and only if, the message was handed out from this queue before.',
  exercisedBy: 'messages delivered that had been handed out before',
  concerns: queuesThatPush,
  create(facts, tally) {
    const copies = new Map<number, Deliveries>();
    /** Handle of the delivery that was announced as a redelivery. */
    let flagged = -1;

    const gone = (event: EventView): void => {
      copies.delete(event.copy);
    };

    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          if (facts.queue(event.dest).contract?.push === undefined) return;
          const known = copies.get(event.copy);
          if (known === undefined) copies.set(event.copy, { count: 1, handle: event.a });
          else {
            known.count++;
            known.handle = event.a;
          }
        },
        [EventKind.flaggedRedelivered]: (event) => {
          flagged = event.a;
        },
        [EventKind.deliver]: (event) => {
          const known = copies.get(event.copy);
          if (known === undefined || known.handle !== event.a) return;
          if (known.count > 1) tally.exercised++;
          if ((flagged === event.a) === (known.count > 1) || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.actor, deliveries: known.count });
        },
        [EventKind.settle]: gone,
        [EventKind.drop]: gone,
        [EventKind.move]: gone,
        [EventKind.recoverBegin]: () => copies.clear(),
        [EventKind.restore]: (event) => {
          if (event.a > 0) copies.set(event.copy, { count: event.a, handle: -1 });
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, deliveries }, { at, name }) {
    const what = deliveries > 1 ? `not marked as a redelivery, though it was delivery ${deliveries}` : 'marked as a redelivery, though it was the first';
    return `message ${message} of ${name(queue)} came to ${name(consumer)} at ${at(atMicros)} ${what}`;
  },
});
