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

/** What a consumer holds of a queue, and may hold. */
interface Line {
  held: number;
  /** 0: there is no bound. */
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
    const lines = new Map<number, Line>();
    const struck = new Set<string>();

    function lineOf(queue: NameId, consumer: NameId): Line {
      const pair = pairOf(queue, consumer);
      let line = lines.get(pair);
      if (line === undefined) lines.set(pair, (line = { held: 0, prefetch: prefetchOf(facts, queue, consumer) }));
      return line;
    }

    function ended(event: EventView): void {
      const slot = event.copySlot;
      if (slot === NO_SLOT || !facts.copies.isHeld(slot, event.time)) return;
      const line = lineOf(event.dest, facts.copies.holder[slot]!);
      if (line.held > 0) line.held--;
    }

    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          const line = lineOf(event.dest, event.peer);
          const { prefetch } = line;
          if (prefetch === 0) return;
          const count = ++line.held;
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
        [EventKind.recoverBegin]: () => lines.clear(),
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
function prefetchOf(facts: Facts, queue: NameId, consumer: NameId): number {
  return facts.queue(queue).contract?.push?.prefetch[facts.names.text(consumer)] ?? 0;
}
