import { DropReason, EventKind, MoveReason, type NameId } from '../../history/index.js';
import { messagesWithTimesToLive } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { isMisplaced } from '../facts/update-copies.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface LeftOutOfTurn extends Breach {
  readonly copy: number;
  /** The one that left although this stood before it, and when. */
  readonly left: number;
  readonly leftMicros: number;
}

/**
 * Copies have ascending numbers in the order in which a queue took them. One that leaves because it expired stood at the head, unless an older one was ready then: that is known when
 * the older one leaves or is handed out, having been ready all the time.
 */
export const expiryAtHead = defineInvariant<LeftOutOfTurn, 'expiry-at-head'>({
  id: 'expiry-at-head',
  promise: 'A classic queue lets go of a message that has expired when it stands at the head of the queue, and not before.',
  exercisedBy: 'messages that left classic queues because they had expired',
  concerns: messagesWithTimesToLive,
  create(facts, tally) {
    /** Of each queue the copy that came last of those that have left because they expired, and when it did. */
    const latest = new Map<NameId, { copy: number; atMicros: number }>();

    function comesUp(event: EventView): void {
      const slot = event.copySlot;
      const left = latest.size === 0 ? undefined : latest.get(event.dest);
      if (left === undefined || slot === NO_SLOT || event.copy > left.copy || isMisplaced(facts, event) || facts.copies.availableAt[slot]! >= left.atMicros || event.time === left.atMicros) return;
      if (tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, copy: event.copy, left: left.copy, leftMicros: left.atMicros });
    }

    function expires(event: EventView): void {
      if (event.copySlot === NO_SLOT || facts.queue(event.dest).contract?.push?.keepsPosition !== true) return;
      tally.exercised++;
      comesUp(event);
      const left = latest.get(event.dest);
      if (left === undefined || event.copy > left.copy) latest.set(event.dest, { copy: event.copy, atMicros: event.time });
    }

    return {
      on: {
        [EventKind.leaseGrant]: comesUp,
        [EventKind.drop]: (event) => {
          if (event.a === DropReason.expired) expires(event);
        },
        [EventKind.move]: (event) => {
          if (event.b === MoveReason.expired) expires(event);
        },
        [EventKind.recoverBegin]: () => latest.clear(),
      },
    };
  },
  word({ message, queue, copy, left, leftMicros }, { at, name }) {
    return `copy ${left} left ${name(queue)} at ${at(leftMicros)} because it had expired, while copy ${copy} of message ${message} stood before it`;
  },
});
