import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Misled extends Breach {
  readonly producer: NameId;
  readonly what: 'confirmed-first' | 'routed';
}

export const returnBeforeAck = defineInvariant<Misled, 'return-before-ack'>({
  id: 'return-before-ack',
  promise: 'A mandatory message that no queue is bound for comes back before it is confirmed, and no other comes back.',
  exercisedBy: 'mandatory messages that could not be routed',
  concerns: queuesThatPush,
  create(_facts, tally) {
    /** Messages that could not be routed; true: they have not come back. */
    const unroutable = new Map<number, boolean>();
    return {
      on: {
        [EventKind.unroutable]: (event) => {
          if (event.a === 0) return;
          tally.exercised++;
          unroutable.set(event.message, true);
        },
        [EventKind.returned]: (event) => {
          if (unroutable.has(event.message)) unroutable.set(event.message, false);
          else if (tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, producer: event.actor, what: 'routed' });
        },
        [EventKind.sendOk]: (event) => {
          if (unroutable.get(event.message) !== true || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, producer: event.actor, what: 'confirmed-first' });
        },
      },
    };
  },
  word({ atMicros, message, queue, producer, what }, { at, name }) {
    if (what === 'routed') return `message ${message} came back to ${name(producer)} from ${name(queue)} at ${at(atMicros)}, though a queue had been found for it`;
    return `message ${message} was confirmed to ${name(producer)} at ${at(atMicros)}, before it came back from ${name(queue)}, where no queue was bound for it`;
  },
});
