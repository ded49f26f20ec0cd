import { EventKind } from '../../history/index.js';
import { mayHappen } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface TooSoon extends Breach {
  readonly delayMicros: number;
  /** When it was due; null: it was stored with a delay that nobody had set or asked for. */
  readonly dueMicros: number | null;
}

/** A delay begins when the broker stores the message. One that a restart finds running begins again: later is no breach of this. */
export const notBeforeDelay = defineInvariant<TooSoon, 'not-before-delay'>({
  id: 'not-before-delay',
  promise: 'A message is stored with the delay that its producer or its queue says, and is not handed out before that is over, or the one with which it was set aside: when it came back, or when its FIFO queue was given another delay.',
  exercisedBy: 'hand-outs of messages that had a delay',
  concerns: mayHappen('delay'),
  hearsAll: true,
  create(facts, tally) {
    const { copies } = facts;
    return {
      on: {
        [EventKind.accept]: (event) => {
          const delays = facts.queue(event.dest).contract?.delaysMicros;
          if (delays === undefined || delays.includes(event.a) || isRedriven(facts, event) || !tally.breach(null)) return;
          tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, delayMicros: event.a, dueMicros: null });
        },
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
    if (dueMicros === null) return `message ${message} was stored in ${name(queue)} at ${at(atMicros)} with a delay of ${span(delayMicros)}, for which nobody had asked`;
    return `message ${message} was handed out from ${name(queue)} at ${at(atMicros)}, ${span(dueMicros - atMicros)} before the end of its delay of ${span(delayMicros)}`;
  },
});

/** What is moved back from a dead-letter queue comes without a delay. */
function isRedriven({ messages }: Facts, { messageSlot, a }: EventView): boolean {
  return a === 0 && (messageSlot === NO_SLOT || messages.redrives[messageSlot]! > 0);
}
