import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Repeated extends Breach {
  readonly producer: NameId;
  readonly tag: number;
}

/** That one comes at all is what `acked-send-not-lost` and `drains` need; a channel that ends leaves publishes unconfirmed. */
export const confirmExactlyOnce = defineInvariant<Repeated, 'confirm-exactly-once'>({
  id: 'confirm-exactly-once',
  promise: 'A publish is confirmed once: no confirm comes for what was confirmed, or refused, before.',
  exercisedBy: 'publishes that were confirmed or refused',
  concerns: queuesThatPush,
  create(_facts, tally) {
    const confirmed = (): void => {
      tally.exercised++;
    };
    return {
      on: {
        [EventKind.sendOk]: confirmed,
        [EventKind.strayConfirm]: (event) => {
          if (tally.breach(null)) tally.tell({ atMicros: event.time, message: 0, queue: event.dest, producer: event.actor, tag: event.a });
        },
      },
    };
  },
  word({ atMicros, producer, tag }, { at, name }) {
    return `${name(producer)} heard at ${at(atMicros)} that its publish ${tag} is confirmed, and had heard so before`;
  },
});
