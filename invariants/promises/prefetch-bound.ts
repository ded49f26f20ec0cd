import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TooMany extends Breach {
  readonly consumer: NameId;
  readonly held: number;
  readonly prefetch: number;
}

/** Two queues or consumers never have the same pair of names. */
const pairOf = (queue: NameId, consumer: NameId): number => queue * 65_536 + consumer;

/**
 * What a channel held goes back when the broker learns that it is gone. Until then a consumer that has come again seems to hold twice as much, so a consumer
 * is looked at until a fault concerns it.
 */
export const prefetchBound = defineInvariant<TooMany, 'prefetch-bound'>({
  id: 'prefetch-bound',
  promise: 'No consumer holds more messages without having acknowledged them than its prefetch.',
  exercisedBy: 'messages given to a consumer that held one less than its prefetch',
  concerns: queuesThatPush,
  create(facts, tally) {
    const held = new Map<number, number>();
    const struck = new Set<string>();

    function ended(event: EventView): void {
      const slot = event.copySlot;
      if (slot === NO_SLOT || !facts.copies.isHeld(slot, event.time)) return;
      const pair = pairOf(event.dest, facts.copies.holder[slot]!);
      const count = held.get(pair) ?? 0;
      if (count > 0) held.set(pair, count - 1);
    }

    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          const prefetch = prefetchOf(facts, event);
          if (prefetch === 0) return;
          const pair = pairOf(event.dest, event.peer);
          const count = (held.get(pair) ?? 0) + 1;
          held.set(pair, count);
          if (count < prefetch || struck.has(facts.names.text(event.peer)) || struck.has(facts.broker.name)) return;
          tally.exercised++;
          if (count === prefetch || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, held: count, prefetch });
        },
        [EventKind.settle]: ended,
        [EventKind.leaseRelease]: ended,
        [EventKind.leaseExpire]: ended,
        [EventKind.drop]: ended,
        [EventKind.move]: ended,
        [EventKind.recoverBegin]: () => held.clear(),
        [EventKind.faultBegin]: (event) => {
          for (const side of [event.actor, event.peer]) for (const name of facts.names.text(side).split('+')) struck.add(name);
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, held, prefetch }, { at, name }) {
    return `message ${message} of ${name(queue)} was given to ${name(consumer)} at ${at(atMicros)}, who then held ${held} with a prefetch of ${prefetch}`;
  },
});

/** 0: there is no bound. */
function prefetchOf(facts: Facts, event: EventView): number {
  return facts.queue(event.dest).contract?.push?.prefetch[facts.names.text(event.peer)] ?? 0;
}
