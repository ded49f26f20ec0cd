import { EventKind, type NameId } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface OutOfOrder extends Breach {
  readonly copy: number;
  readonly before: number;
}

/** Copies have ascending numbers in the order in which a queue took them. A recovery may have forgotten who was handed out, so the count begins anew. */
export const queueFifoFirstDelivery = defineInvariant<OutOfOrder, 'queue-fifo-first-delivery'>({
  id: 'queue-fifo-first-delivery',
  promise: 'A classic queue without priorities hands out its messages for the first time in the order in which it took them.',
  exercisedBy: 'messages handed out for the first time after another',
  concerns: queuesThatPush,
  create(facts, tally) {
    const latest = new Map<NameId, number>();
    return {
      on: {
        [EventKind.recoverBegin]: () => latest.clear(),
        [EventKind.leaseGrant]: (event) => {
          if (event.b !== 1 || facts.queue(event.dest).contract?.push?.keepsPosition !== true) return;
          const before = latest.get(event.dest) ?? 0;
          if (before > 0) tally.exercised++;
          if (event.copy > before) latest.set(event.dest, event.copy);
          else if (tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, copy: event.copy, before });
        },
      },
    };
  },
  word({ atMicros, message, queue, copy, before }, { at, name }) {
    return `copy ${copy} of message ${message} was handed out from ${name(queue)} for the first time at ${at(atMicros)}, after copy ${before}, which came later`;
  },
});
