import { BlockReason, EventKind, type NameId, OutcomeReason } from '../../history/index.js';
import { queuesThatPush } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { Outcome } from '../facts/message-facts.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Swallowed extends Breach {
  readonly producer: NameId;
}

/** A producer is looked at until a fault concerns it or the broker: then an answer may be lost. */
export const backpressureOnly = defineInvariant<Swallowed, 'backpressure-only'>({
  id: 'backpressure-only',
  promise: 'What a producer sent while the broker did not read from it is read later: it is neither forgotten nor left without an answer.',
  exercisedBy: 'messages that were under way when the broker read from their producer again',
  concerns: queuesThatPush,
  create(facts, tally) {
    const { messages } = facts;
    /** Were under way while their producer was blocked, and have no outcome. */
    const waiting = new Set<number>();
    let isDisturbed = false;

    const readAgain = (producer: NameId): void => {
      messages.forEach((slot) => {
        if (messages.producer[slot] !== producer || messages.outcome[slot] !== Outcome.pending) return;
        waiting.add(messages.idOf(slot));
        tally.exercised++;
      });
    };
    const blockedAgain = (producer: NameId): void => {
      for (const message of waiting) if (messages.producer[messages.find(message)] === producer) waiting.delete(message);
    };
    const isOver = (event: EventView): void => {
      if (waiting.size > 0) waiting.delete(event.message);
    };
    const swallowed = (event: EventView): void => {
      const isWaiting = waiting.delete(event.message);
      if (isWaiting && !isDisturbed && tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, producer: event.actor });
    };

    return {
      on: {
        [EventKind.connectionBlocked]: (event) => {
          // Under flow control it reads a little at a time, and goes on not reading.
          if (event.b === BlockReason.flow) return;
          if (event.a === 0) readAgain(event.peer);
          else blockedAgain(event.peer);
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
