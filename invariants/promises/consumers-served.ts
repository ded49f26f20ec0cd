import { CopyState, EventKind } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import type { Facts } from '../facts/facts.js';
import type { QueueFacts } from '../facts/queue-facts.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Neglect extends Breach {
  readonly sinceMicros: number;
}

/**
 * A queue that pushes asks nobody to come for what is ready: as long as there is something ready, nobody who is there has room. That is looked at whenever a message is
 * handed out, for one that is handed out ends no wait if another could have gone long before. Time in which the broker is down or hindered does not count.
 */
export const consumersServed = defineInvariant<Neglect, 'consumers-served'>({
  id: 'consumers-served',
  promise: 'What is ready in a queue that pushes does not wait longer than the bound while a consumer is there that has room for it.',
  exercisedBy: 'messages handed out that filled the prefetch of their consumer, or to consumers without one',
  concerns: queuesThatPush,
  create(facts, tally) {
    const { copies } = facts;

    function judge(queue: QueueFacts, message: number, nowMicros: number): void {
      const sinceMicros = waitsSince(facts, queue);
      if (nowMicros - sinceMicros <= facts.contract.redeliveryBoundMicros || !tally.breach(null)) return;
      tally.tell({ atMicros: nowMicros, message, queue: queue.nameId, sinceMicros });
    }

    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          const queue = facts.queue(event.dest);
          if (queue.consumers === null) return;
          const { prefetch, present, held } = queue.consumers.of(event.peer);
          if (present > 0 && (prefetch === 0 || held + 1 >= prefetch * present)) tally.exercised++;
          judge(queue, event.message, event.time);
        },
      },
      finish: () => facts.forEachQueue((queue) => {
        let message = 0;
        if (queue.consumers === null || facts.nowMicros - waitsSince(facts, queue) <= facts.contract.redeliveryBoundMicros) return;
        copies.forEach((slot) => {
          if (message === 0 && copies.queue[slot] === queue.nameId && copies.state[slot] === CopyState.ready) message = copies.message[slot]!;
        });
        judge(queue, message, facts.nowMicros);
      }),
    };
  },
  word({ atMicros, message, queue, sinceMicros }, { at, name, span }) {
    return `message ${message} or another was ready in ${name(queue)} from ${at(sinceMicros)} to ${at(atMicros)}, and for these ${span(atMicros - sinceMicros)} a consumer that had room was given none of them`;
  },
});

/** Since when something is ready and somebody has room for it; Infinity: not now. */
function waitsSince({ broker }: Facts, { ready, readySince, consumers }: QueueFacts): number {
  return ready === 0 ? Infinity : Math.max(readySince, consumers!.openSince, broker.wellSinceMicros);
}
