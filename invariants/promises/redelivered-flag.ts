import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { longer, NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface WrongFlag extends Breach {
  readonly consumer: NameId;
  readonly deliveries: number;
}

/** What a broker knew of deliveries when it ended is its own affair: after a recovery the count goes on from what the journal says. */
export const redeliveredFlag = defineInvariant<WrongFlag, 'redelivered-flag'>({
  id: 'redelivered-flag',
  promise: 'A delivery is marked as a redelivery if, and only if, the message was handed out from this queue before.',
  exercisedBy: 'messages delivered that had been handed out before',
  concerns: queuesThatPush,
  create(facts, tally) {
    const { copies } = facts;
    // By slot of the copy: which copy that is, how often it was handed out, and under which handle last.
    let owner = new Int32Array(0);
    let deliveries = new Int32Array(0);
    let handle = new Float64Array(0);
    /** How often copies that a recovery found had been handed out, until they are handed out again. */
    const restored = new Map<number, number>();
    /** Handle of the delivery that was announced as a redelivery. */
    let flagged = -1;

    const granted = ({ copy, copySlot, a }: EventView): void => {
      if (copySlot >= owner.length) {
        owner = longer(owner, copies.capacity);
        deliveries = longer(deliveries, copies.capacity);
        handle = longer(handle, copies.capacity);
      }
      deliveries[copySlot] = 1 + (owner[copySlot] === copy ? deliveries[copySlot]! : (restored.get(copy) ?? 0));
      owner[copySlot] = copy;
      handle[copySlot] = a;
    };
    const gone = ({ copy, copySlot }: EventView): void => {
      if (copySlot !== NO_SLOT && owner[copySlot] === copy) owner[copySlot] = 0;
      if (restored.size > 0) restored.delete(copy);
    };

    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          if (facts.queue(event.dest).contract?.push === undefined) return;
          if (event.copySlot !== NO_SLOT) granted(event);
        },
        [EventKind.flaggedRedelivered]: (event) => {
          flagged = event.a;
        },
        [EventKind.deliver]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || owner[slot] !== event.copy || handle[slot] !== event.a) return;
          const count = deliveries[slot]!;
          if (count > 1) tally.exercised++;
          if ((flagged === event.a) === (count > 1) || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.actor, deliveries: count });
        },
        [EventKind.settle]: gone,
        [EventKind.drop]: gone,
        [EventKind.move]: gone,
        [EventKind.recoverBegin]: () => {
          owner.fill(0);
          restored.clear();
        },
        [EventKind.restore]: (event) => {
          if (event.a > 0) restored.set(event.copy, event.a);
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, deliveries }, { at, name }) {
    const what = deliveries > 1 ? `not marked as a redelivery, though it was delivery ${deliveries}` : 'marked as a redelivery, though it was the first';
    return `message ${message} of ${name(queue)} came to ${name(consumer)} at ${at(atMicros)} ${what}`;
  },
});
