import { EventKind, type NameId } from '../../history/index.js';
import { consumersOfPriorities } from '../contracts/concerns.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface PassedOver extends Breach {
  readonly consumer: NameId;
  readonly priority: number;
  readonly other: NameId;
  readonly otherPriority: number;
}

/** RabbitMQ: `x-priority` of basic.consume. Of messages that are asked for, and not pushed, nothing is said. */
export const consumerPriority = defineInvariant<PassedOver, 'consumer-priority'>({
  id: 'consumer-priority',
  promise: 'No message goes to a consumer while one of a higher priority is there and has room for it.',
  exercisedBy: 'messages handed out while a consumer of another priority was there',
  concerns: consumersOfPriorities,
  create(facts, tally) {
    return {
      on: {
        [EventKind.leaseGrant]: (event) => {
          const { consumers, contract } = facts.queue(event.dest);
          if (consumers === null || contract?.push?.consumerPriorities === undefined || contract.push.singleActive !== null) return;
          const own = consumers.of(event.peer);
          if (own.present === 0) return;
          let isTested = false;
          for (const line of consumers.lines) {
            if (line.present === 0 || line.priority === own.priority) continue;
            isTested = true;
            if (line.priority < own.priority || !line.hasRoom || !tally.breach(null)) continue;
            tally.tell({
              atMicros: event.time, message: event.message, queue: event.dest, consumer: event.peer, priority: own.priority, other: line.client, otherPriority: line.priority,
            });
          }
          if (isTested) tally.exercised++;
        },
      },
    };
  },
  word({ atMicros, message, queue, consumer, priority, other, otherPriority }, { at, name }) {
    return `message ${message} of ${name(queue)} went to ${name(consumer)}, of priority ${priority}, at ${at(atMicros)}, though ${name(other)}, of priority ${otherPriority}, was there and had room`;
  },
});
