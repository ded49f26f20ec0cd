import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TooLong extends Breach {
  readonly ready: number;
  readonly limit: number;
  readonly what: 'was left above' | 'took another at';
}

/**
 * Only what is ready counts. A queue that drops its head is within its limit whenever it takes another message, unless that is in the same instant; one that
 * rejects takes none at its limit, though what comes back may exceed it.
 */
export const maxlenReady = defineInvariant<TooLong, 'maxlen-ready'>({
  id: 'maxlen-ready',
  promise: 'A queue with a length limit has no more ready messages than that, or takes no more when it has.',
  exercisedBy: 'messages taken by a queue at its limit, or that brought it there',
  concerns: queuesThatPush,
  create(facts, tally) {
    const changedAt = new Map<NameId, number>();
    const changes = (event: EventView): void => {
      changedAt.set(event.dest, event.time);
    };

    function takes(event: EventView): void {
      const queue = facts.queue(event.dest);
      const push = queue.contract?.push;
      if (push === undefined || push.maxLength === null) return;
      const limit = push.maxLength;
      const { ready } = queue;
      const dropsHead = push.overflow === 'drop-head';
      const isSettled = (changedAt.get(event.dest) ?? -1) < event.time;
      changes(event);
      if (ready >= (dropsHead ? limit : limit - 1)) tally.exercised++;
      const isTooLong = dropsHead ? ready > limit && isSettled : push.type === 'classic' && ready >= limit;
      if (!isTooLong || !tally.breach(null)) return;
      tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, ready, limit, what: dropsHead ? 'was left above' : 'took another at' });
    }

    return {
      on: {
        [EventKind.accept]: takes,
        [EventKind.leaseRelease]: changes,
        [EventKind.leaseExpire]: changes,
        // What consumers held is ready again, and is counted when the next message comes.
        [EventKind.restore]: ({ dest }) => {
          changedAt.set(dest, Infinity);
        },
      },
    };
  },
  word({ atMicros, message, queue, ready, limit, what }, { at, name }) {
    return `${name(queue)} ${what} its limit of ${limit} ready messages: it had ${ready} when it took message ${message} at ${at(atMicros)}`;
  },
});
