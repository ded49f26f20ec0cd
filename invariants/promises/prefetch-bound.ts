import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TooMany extends Breach {
  readonly consumer: NameId;
  readonly held: number;
  readonly prefetch: number;
}

/** A client that came again before the broker knew that its connection was gone has two consumers there, and one that was cancelled may hold what it held. */
export const prefetchBound = defineInvariant<TooMany, 'prefetch-bound'>({
  id: 'prefetch-bound',
  promise: 'No consumer holds more messages without having acknowledged them than its prefetch.',
  exercisedBy: 'messages given to a consumer that held one less than its prefetch',
  concerns: queuesThatPush,
  create(facts, tally) {
    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          const { consumers } = facts.queue(event.dest);
          if (consumers === null) return;
          const { prefetch, held, present, left } = consumers.of(event.peer);
          if (prefetch === 0) return;
          const beyond = held + 1 - prefetch * Math.max(1, present) - left;
          if (beyond < 0) return;
          tally.exercised++;
          if (beyond === 0 || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, held: held + 1, prefetch });
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, held, prefetch }, { at, name }) {
    return `message ${message} of ${name(queue)} was given to ${name(consumer)} at ${at(atMicros)}, who then held ${held} with a prefetch of ${prefetch}`;
  },
});
