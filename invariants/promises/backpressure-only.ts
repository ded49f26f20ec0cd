import { EventKind, type NameId, OutcomeReason } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Swallowed extends Breach {
  readonly producer: NameId;
}

interface Producer {
  /** Its messages that are under way. */
  readonly underWay: Set<number>;
  isBlocked: boolean;
}

/** A producer is looked at until a fault concerns it or the broker: then an answer may be lost. */
export const backpressureOnly = defineInvariant<Swallowed, 'backpressure-only'>({
  id: 'backpressure-only',
  promise: 'What a producer sent while the broker did not read from it is read later: it is neither forgotten nor left without an answer.',
  exercisedBy: 'messages that were under way when the broker read from their producer again',
  concerns: queuesThatPush,
  create(facts, tally) {
    const producers = new Map<NameId, Producer>();
    /** Were under way while their producer was blocked, and have no outcome. */
    const waiting = new Set<number>();
    let isDisturbed = false;

    const producerOf = (name: NameId): Producer => {
      const known = producers.get(name);
      if (known !== undefined) return known;
      const made = { underWay: new Set<number>(), isBlocked: false };
      producers.set(name, made);
      return made;
    };
    const isOver = (event: EventView): void => {
      producers.get(event.actor)?.underWay.delete(event.message);
      waiting.delete(event.message);
    };
    const swallowed = (event: EventView): void => {
      const isWaiting = waiting.delete(event.message);
      if (isWaiting && !isDisturbed && tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, producer: event.actor });
    };

    return {
      on: {
        [EventKind.connectionBlocked]: (event) => {
          const producer = producerOf(event.peer);
          producer.isBlocked = event.a === 1;
          if (producer.isBlocked) return;
          for (const message of producer.underWay) waiting.add(message);
          tally.exercised += producer.underWay.size;
        },
        [EventKind.sendInvoke]: (event) => {
          if (facts.contract.personality === 'rabbitmq') producerOf(event.actor).underWay.add(event.message);
        },
        [EventKind.sendAttempt]: swallowed,
        [EventKind.sendOk]: isOver,
        [EventKind.sendFail]: isOver,
        [EventKind.sendInfo]: (event) => {
          if (event.a === OutcomeReason.timeout) swallowed(event);
          isOver(event);
        },
        [EventKind.faultBegin]: () => {
          isDisturbed = true;
        },
      },
    };
  },
  word({ atMicros, message, queue, producer }, { at, name }) {
    return `message ${message} of ${name(producer)} to ${name(queue)} was under way while the broker did not read, and had no answer by ${at(atMicros)}, though it had read on`;
  },
});
