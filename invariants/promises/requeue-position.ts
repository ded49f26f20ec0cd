import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Overtaken extends Breach {
  /** Copy that came back and was passed over. */
  readonly passedOver: number;
  readonly copy: number;
  /** False: by the order of coming back. */
  readonly isByAge: boolean;
}

/**
 * Copies have ascending numbers in the order in which a queue took them. Of what a recovery brings back nobody knows whether it came back before. What comes back to a quorum queue
 * without a delivery limit, or waits before it is ready, is not looked at.
 */
export const requeuePosition = defineInvariant<Overtaken, 'requeue-position'>({
  id: 'requeue-position',
  promise: 'A message that comes back to a classic queue is handed out again before every message that came after it, and one that comes back to a quorum queue with a delivery limit before all others, in the order of coming back.',
  exercisedBy: 'messages handed out while several were ready, one of which had come back',
  concerns: queuesThatPush,
  create(facts, tally) {
    /** Copies that came back and are ready, by queue, in the order of coming back. */
    const returned = new Map<NameId, Set<number>>();

    function comesBack(event: EventView): void {
      const push = facts.queue(event.dest).contract?.push;
      if (push === undefined || !(push.keepsPosition || push.servesReturnsFirst === true)) return;
      const set = returned.get(event.dest);
      if (set === undefined) returned.set(event.dest, new Set([event.copy]));
      else set.add(event.copy);
    }

    const leaves = (event: EventView): void => {
      if (returned.size > 0) returned.get(event.dest)?.delete(event.copy);
    };

    return {
      on: {
        [EventKind.leaseRelease]: comesBack,
        [EventKind.leaseExpire]: comesBack,
        [EventKind.drop]: leaves,
        [EventKind.move]: leaves,
        [EventKind.settle]: leaves,
        [EventKind.setAside]: leaves,
        [EventKind.recoverBegin]: () => returned.clear(),
        [EventKind.leaseGrant]: (event) => {
          const set = returned.size === 0 ? undefined : returned.get(event.dest);
          if (set === undefined || set.size === 0) return;
          const isByAge = facts.queue(event.dest).contract!.push!.keepsPosition;
          const passedOver = isByAge ? lowest(set) : set.values().next().value!;
          const hasReturned = set.delete(event.copy);
          if (set.size > 0 || (hasReturned && facts.queue(event.dest).ready > 1)) tally.exercised++;
          // Another that was handed out before came back before a recovery.
          const isInOrder = isByAge ? passedOver >= event.copy : passedOver === event.copy || (event.b > 1 && !hasReturned);
          if (isInOrder || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, copy: event.copy, passedOver, isByAge });
        },
      },
    };
  },
  word({ atMicros, message, queue, copy, passedOver, isByAge }, { at, name }) {
    const why = isByAge ? 'which is older and had come back' : 'which had come back before it';
    return `copy ${copy} of message ${message} was handed out from ${name(queue)} at ${at(atMicros)}, while copy ${passedOver}, ${why}, was ready`;
  },
});

function lowest(copies: ReadonlySet<number>): number {
  let lowestSoFar = Infinity;
  for (const copy of copies) if (copy < lowestSoFar) lowestSoFar = copy;
  return lowestSoFar;
}
