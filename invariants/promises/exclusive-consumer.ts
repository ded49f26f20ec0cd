import { EventKind, type NameId } from '../../history/index.js';
import { exclusiveConsumers } from '../contracts/concerns.js';
import type { Facts } from '../facts/facts.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Intruder extends Breach {
  readonly consumer: NameId;
  readonly other: NameId;
}

/** AMQP 0-9-1, basic.consume, `exclusive`: 403 ACCESS_REFUSED for whoever comes second, whichever of the two asked for it. */
const REFUSED = '403 ACCESS_REFUSED';

export const exclusiveConsumer = defineInvariant<Intruder, 'exclusive-consumer'>({
  id: 'exclusive-consumer',
  promise: 'Beside an exclusive consumer a queue has no other, nor one that comes to be exclusive where another is.',
  exercisedBy: 'consumers that came to a queue that had one, or were refused there, where some are exclusive',
  concerns: exclusiveConsumers,
  create(facts, tally) {
    return {
      on: {
        [EventKind.assign]: (event) => {
          const { consumers, contract } = facts.queue(event.dest);
          if (consumers === null || consumers.present === 0 || contract?.push?.exclusiveConsumers === undefined) return;
          tally.exercised++;
          for (const { client, present } of consumers.lines) {
            if (present === 0 || !(isExclusive(facts, event.dest, client) || isExclusive(facts, event.dest, event.peer)) || !tally.breach(null)) continue;
            tally.tell({ atMicros: event.time, message: 0, queue: event.dest, consumer: event.peer, other: client });
          }
        },
        [EventKind.refused]: (event) => {
          if (facts.queue(event.dest).contract?.push?.exclusiveConsumers !== undefined && facts.names.text(event.a) === REFUSED) tally.exercised++;
        },
      },
    };
  },
  word({ atMicros, queue, consumer, other }, { at, name }) {
    return `${name(consumer)} became a consumer of ${name(queue)} at ${at(atMicros)}, where ${name(other)} was one, and one of them has the queue for itself`;
  },
});

function isExclusive(facts: Facts, queue: NameId, consumer: NameId): boolean {
  return facts.queue(queue).contract?.push?.exclusiveConsumers?.includes(facts.names.text(consumer)) === true;
}
