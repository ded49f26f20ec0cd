import { CopyState, DropReason, EventKind, LetterFate, MoveReason, type NameId, NO_DEADLINE_MICROS } from '../../history/index.js';
import { keptDeadLetters } from '../contracts/concerns.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface Forsaken extends Breach {
  readonly what: 'not-kept' | 'not-stored' | 'dropped';
  /** The queue that does not have it; 0: there was none. */
  readonly target: NameId;
}

const LETTERS: readonly number[] = [MoveReason.rejected, MoveReason.expired, MoveReason.deliveryLimit];
const DEATHS: readonly number[] = [DropReason.rejected, DropReason.expired, DropReason.deliveryLimit];

/** After a restart nobody knows what was published: a letter may be stored twice, and what is known of it begins anew. */
export const atLeastOnceDlx = defineInvariant<Forsaken, 'at-least-once-dlx'>({
  id: 'at-least-once-dlx',
  promise: 'Where dead-lettering is at least once, a dead letter stays in its queue until every queue that it was published to has stored it.',
  exercisedBy: 'dead letters that left queues which keep them until they are confirmed',
  concerns: keptDeadLetters,
  create(facts, tally) {
    /** By copy: the queues to which its letter was published since they were last asked, and whether they stored it. */
    const kept = new Map<number, Map<NameId, boolean>>();
    const isKeeper = (queue: NameId): boolean => facts.queue(queue).contract?.push?.keepsDeadLetters === true;

    return {
      on: {
        // An id that the broker lost is given to another message.
        [EventKind.accept]: (event) => kept.delete(event.copy),
        [EventKind.setAside]: (event) => {
          if (event.a !== 0) kept.set(event.copy, new Map());
        },
        [EventKind.deadLetter]: (event) => {
          kept.get(event.copy)?.set(event.peer, event.c === LetterFate.stored);
        },
        // That it had left was not in the journal: it is kept on.
        [EventKind.restore]: (event) => {
          if (event.b === CopyState.delayed && event.c === NO_DEADLINE_MICROS && !kept.has(event.copy)) kept.set(event.copy, new Map());
        },
        [EventKind.recoverBegin]: () => {
          for (const letters of kept.values()) letters.clear();
        },
        [EventKind.move]: (event) => {
          if (!isKeeper(event.dest) || !LETTERS.includes(event.b)) return;
          tally.exercised++;
          const letters = kept.get(event.copy);
          kept.delete(event.copy);
          const missing = letters === undefined ? undefined : [...letters].find(([, isStored]) => !isStored);
          const isStored = letters !== undefined && letters.size > 0 && missing === undefined;
          if (isStored || !tally.breach(null)) return;
          tally.tell({
            atMicros: event.time, message: event.message, queue: event.dest, what: letters === undefined ? 'not-kept' : 'not-stored', target: missing?.[0] ?? event.peer,
          });
        },
        [EventKind.drop]: (event) => {
          const wasKept = kept.delete(event.copy);
          const isLost = isKeeper(event.dest) && (wasKept || DEATHS.includes(event.a)) && event.a !== DropReason.queueDeleted;
          if (isLost && tally.breach(null)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, what: 'dropped', target: 0 });
        },
      },
    };
  },
  word({ atMicros, message, queue, what, target }, { at, name }) {
    if (what === 'dropped') return `message ${message} died in ${name(queue)} and was dropped at ${at(atMicros)}, though that queue keeps its dead letters until they are confirmed`;
    if (what === 'not-kept') return `message ${message} had left ${name(queue)} at ${at(atMicros)} before ${name(target)} had its dead letter`;
    return `message ${message} left ${name(queue)} at ${at(atMicros)}, and ${name(target)} did not have its dead letter`;
  },
});
