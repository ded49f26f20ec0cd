import { EventKind, LocalWrite, type NameId } from '../../history/index.js';
import type { Circumstance } from '../contracts/circumstances.js';
import { rowKeepers } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';
import { counted } from '../words.js';

interface Torn extends Breach {
  readonly producer: NameId;
  readonly what: 'no-message' | 'no-row';
}

/** One half of what belongs together, whose other half has not come. */
interface Half {
  readonly atMicros: number;
  readonly producer: NameId;
  readonly queue: NameId;
  /** Its producer died since, or had no success with its send. */
  isForsaken: boolean;
}

export const rowAndMessage = defineInvariant<Torn, 'row-and-message'>({
  id: 'row-and-message',
  promise: 'When the run has drained, every row that a producer committed has had its message stored, or given back as one that no queue is bound for, and every message that is stored tells of a row.',
  exercisedBy: 'rows that producers committed',
  concerns: rowKeepers,
  create(facts, tally) {
    const rows = new Map<number, Half>();
    const messages = new Map<number, Half>();
    const down = new Set<NameId>();
    /** Messages whose sends had no success. */
    const given = new Set<number>();
    /** Messages that came back, and whether their rows are committed: what was lost with a connection is published again, and may find a queue then. */
    const returned = new Map<number, { hasRow: boolean }>();
    const half = (event: EventView, producer: NameId): Half => ({ atMicros: event.time, producer, queue: event.dest, isForsaken: given.has(event.message) });

    const isDead = (producer: NameId): boolean => down.has(producer) || facts.activity.isAiling(facts.names.text(producer));

    function stored(event: EventView): void {
      const slot = event.messageSlot;
      // A second copy tells of the same row.
      if (rows.delete(event.message) || returned.get(event.message)?.hasRow === true || slot === NO_SLOT || facts.messages.stored[slot]! > 0) return;
      const producer = facts.messages.producer[slot]!;
      if (keepsRows(facts, producer)) messages.set(event.message, half(event, producer));
    }

    function committed(event: EventView): void {
      const back = returned.get(event.message);
      if (messages.delete(event.message)) return;
      if (back === undefined) rows.set(event.message, half(event, event.actor));
      else back.hasRow = true;
    }

    function notSent(event: EventView): void {
      if (!writesApart(facts, event.actor)) return;
      given.add(event.message);
      for (const halves of [rows, messages]) {
        const found = halves.get(event.message);
        if (found !== undefined) found.isForsaken = true;
      }
    }

    return {
      on: {
        [EventKind.localWrite]: (event) => {
          if (event.a !== LocalWrite.row) return;
          tally.exercised++;
          committed(event);
        },
        [EventKind.accept]: stored,
        [EventKind.deduplicate]: stored,
        [EventKind.unroutable]: (event) => {
          // Its producer is told.
          if (event.a === 0 || !keepsRows(facts, event.peer)) return;
          const hasRow = rows.delete(event.message) || returned.get(event.message)?.hasRow === true;
          returned.set(event.message, { hasRow });
        },
        [EventKind.sendFail]: notSent,
        [EventKind.sendInfo]: notSent,
        [EventKind.nodeStop]: (event) => {
          down.add(event.actor);
          for (const halves of [rows, messages]) for (const each of halves.values()) each.isForsaken ||= each.producer === event.actor;
        },
        [EventKind.nodeStart]: (event) => down.delete(event.actor),
      },
      finish: () => {
        let undecided = 0;
        for (const [halves, what] of [[rows, 'no-message'], [messages, 'no-row']] as const) {
          for (const [message, { atMicros, producer, queue, isForsaken }] of halves) {
            if (!facts.drain.isComplete) undecided++;
            // A run that drained waits for nothing that the dead began.
            else if (!isDead(producer) && tally.breach(excuseOf(facts, message, producer, isForsaken))) tally.tell({ atMicros, message, queue, producer, what });
          }
        }
        if (undecided > 0) tally.undecided = `When the run ended, ${counted(undecided, 'row')} or messages waited for their other half.`;
      },
    };
  },
  word({ atMicros, message, queue, producer, what }, { at, name }) {
    return what === 'no-message'
      ? `${name(producer)} committed the row of message ${message} at ${at(atMicros)}, and the message never came to ${name(queue)}`
      : `message ${message} was stored in ${name(queue)} at ${at(atMicros)}, and ${name(producer)} never committed the row that it tells of`;
  },
});

/** Two writes that nothing ties together; or the message was published, and no queue is bound for it. */
function excuseOf(facts: Facts, message: number, producer: NameId, isForsaken: boolean): Circumstance | null {
  if (isForsaken && writesApart(facts, producer)) return 'dual-write';
  const slot = facts.messages.find(message);
  return slot !== NO_SLOT && facts.messages.excuseOf(slot) === 'unroutable' ? 'unroutable' : null;
}

const keepsRows = (facts: Facts, producer: NameId): boolean => facts.client(producer)?.keepsRows === true;
const writesApart = (facts: Facts, producer: NameId): boolean => facts.client(producer)?.writesApart === true;
