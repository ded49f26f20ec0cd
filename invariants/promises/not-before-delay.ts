import { EventKind } from '../../history/index.js';
import { mayHappen } from '../contracts/concerns.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TooSoon extends Breach {
  readonly delayMicros: number;
  readonly dueMicros: number;
}

/** A delay begins when the broker stores the message. One that a restart finds running begins again: later is no breach of this. */
export const notBeforeDelay = defineInvariant<TooSoon, 'not-before-delay'>({
  id: 'not-before-delay',
  promise: 'No message is handed out before the delay is over with which it was stored or set aside: when it came back, or when its FIFO queue was given another delay.',
  exercisedBy: 'hand-outs of messages that had a delay',
  concerns: mayHappen('delay'),
  create(facts, tally) {
    const { copies } = facts;
    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          const slot = event.copySlot;
          if (slot === NO_SLOT || copies.delayedUntil[slot] === 0) return;
          tally.exercised++;
          const due = copies.delayedUntil[slot]!;
          if (event.time >= due) return;
          const isDrift = due - event.time <= facts.driftMicros(copies.delayMicros[slot]!);
          if (!tally.breach(isDrift ? 'drifting-clock' : null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, delayMicros: copies.delayMicros[slot]!, dueMicros: due });
        },
      },
    };
  },
  word({ atMicros, message, queue, delayMicros, dueMicros }, { at, name, span }) {
    return `message ${message} was handed out from ${name(queue)} at ${at(atMicros)}, ${span(dueMicros - atMicros)} before the end of its delay of ${span(delayMicros)}`;
  },
});
