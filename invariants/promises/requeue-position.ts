import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Overtaken extends Breach {
  /** Copy that came back and was passed over. */
  readonly passedOver: number;
  readonly copy: number;
}

/** Copies have ascending numbers in the order in which a queue took them. Of what a recovery brings back nobody knows whether it came back before. */
export const requeuePosition = defineInvariant<Overtaken, 'requeue-position'>({
  id: 'requeue-position',
  promise: 'A message that comes back to a classic queue is handed out again before every message that came after it.',
  exercisedBy: 'messages handed out while several were ready, one of which had come back',
  concerns: queuesThatPush,
  create(facts, tally) {
    /** Copies that came back and are ready, by queue. */
    const returned = new Map<NameId, Set<number>>();

    function comesBack(event: EventView): void {
      if (facts.queue(event.dest).contract?.push?.keepsPosition !== true) return;
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
        [EventKind.recoverBegin]: () => returned.clear(),
        [EventKind.leaseGrant]: (event) => {
          const set = returned.size === 0 ? undefined : returned.get(event.dest);
          if (set === undefined || set.size === 0) return;
          const hasReturned = set.delete(event.copy);
          if (set.size > 0 || (hasReturned && facts.queue(event.dest).ready > 1)) tally.exercised++;
          if (set.size === 0) return;
          let oldest = Infinity;
          for (const copy of set) if (copy < oldest) oldest = copy;
          if (oldest > event.copy || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, copy: event.copy, passedOver: oldest });
        },
      },
    };
  },
  word({ atMicros, message, queue, copy, passedOver }, { at, name }) {
    return `copy ${copy} of message ${message} was handed out from ${name(queue)} at ${at(atMicros)}, while copy ${passedOver}, which is older and had come back, was ready`;
  },
});
