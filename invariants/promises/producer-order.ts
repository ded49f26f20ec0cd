import { EventKind, type NameId } from '../../history/index.js';
import { fifoQueues } from '../contracts/concerns.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Overtaken extends Breach {
  readonly producer: NameId;
  readonly group: NameId;
  /** A later message that was stored before this one. */
  readonly later: number;
}

const PRODUCERS = 0x400_0000;

/** Trace numbers rise with the sends of a producer. A second copy of a message, stored when its deduplication window was over, is no message of its own. */
export const producerOrder = defineInvariant<Overtaken, 'producer-order'>({
  id: 'producer-order',
  promise: 'The messages that one producer sends to one group of a FIFO queue are stored in the order of their sends.',
  exercisedBy: 'messages stored behind another of the same producer and group',
  concerns: fifoQueues,
  create(facts, tally) {
    /** The newest message of each producer and group. */
    const newest = new Map<string, number>();
    let stored = 0;
    return {
      on: {
        [EventKind.accept]: (event) => {
          const slot = event.messageSlot;
          const isFirst = slot !== NO_SLOT && facts.messages.stored[slot] === 0 && facts.messages.redrives[slot] === 0;
          stored = isFirst && event.dest === facts.messages.queue[slot] ? event.copy : 0;
        },
        [EventKind.place]: (event) => {
          if (event.copy !== stored || event.messageSlot === NO_SLOT || !facts.queue(event.dest).isFifo) return;
          // A recovery puts it there once more.
          stored = 0;
          const producer = facts.messages.producer[event.messageSlot]!;
          const key = `${event.dest * PRODUCERS + producer}/${event.peer}`;
          const last = newest.get(key);
          newest.set(key, Math.max(last ?? 0, event.message));
          if (last === undefined) return;
          tally.exercised++;
          if (event.message > last) return;
          const isPromised = facts.queue(event.dest).contract?.keepsGroupOrder === true;
          if (!tally.breach(isPromised ? null : 'sends-side-by-side')) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, producer, group: event.peer, later: last });
        },
      },
    };
  },
  word({ atMicros, message, queue, producer, group, later }, { at, name }) {
    return `message ${message} of ${name(producer)} was stored in group ${name(group)} of ${name(queue)} at ${at(atMicros)}, behind message ${later}, which was sent after it`;
  },
});
