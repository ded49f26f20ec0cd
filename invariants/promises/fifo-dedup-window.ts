import { DropReason, EventKind, type NameId } from '../../history/index.js';
import { fifoQueues } from '../contracts/concerns.js';
import type { EventView } from '../event-view.js';
import { CopyFlag } from '../facts/copy-facts.js';
import type { Facts } from '../facts/facts.js';
import { NO_SLOT } from '../facts/slot-table.js';
import { defineInvariant } from '../invariant.js';
import type { Breach } from '../tally.js';

interface WrongWindow extends Breach {
  readonly what: 'stored-twice' | 'refused' | 'wrong-copy';
  /** When the first send was stored; -1: none was. */
  readonly firstMicros: number;
}

interface FirstSend {
  readonly copy: number;
  readonly atMicros: number;
}

/** SQS: five minutes from the first send that was accepted. */
const WINDOW_MICROS = 300_000_000;

/** Redrives and dead-letter moves are no sends. Deduplication ids are numbers in the history. */
export const fifoDedupWindow = defineInvariant<WrongWindow, 'fifo-dedup-window'>({
  id: 'fifo-dedup-window',
  promise: 'Of the sends with one deduplication id to a FIFO queue one is stored within five minutes, and a later one is stored again.',
  exercisedBy: 'sends with a deduplication id that had been used before',
  concerns: fifoQueues,
  create(facts, tally) {
    const windows = new Windows();
    /** The copy that a send has just stored; its place follows. */
    let stored = 0;
    const report = (event: EventView, what: WrongWindow['what'], first: FirstSend | null): void => {
      const clause = facts.broker.clockWasWrong ? 'wrong-clock' : facts.allowance ?? facts.broker.shortfall;
      if (tally.breach(clause)) tally.tell({ atMicros: event.time, message: event.message, queue: event.dest, what, firstMicros: first?.atMicros ?? -1 });
    };
    // What a crash took before anybody was told of it was never stored; what a consumer had was, and may have been taken out.
    facts.vanishListeners.push((slot) => {
      if (!facts.wasAcknowledged(slot) && !facts.copies.has(slot, CopyFlag.ackAsked) && facts.queue(facts.copies.queue[slot]!).isFifo) windows.forgetCopy(facts.copies.idOf(slot));
    });
    return {
      on: {
        [EventKind.accept]: (event) => {
          const isRedrive = event.messageSlot !== NO_SLOT && facts.messages.redrives[event.messageSlot]! > 0;
          stored = isRedrive ? 0 : event.copy;
        },
        [EventKind.place]: (event) => {
          if (event.copy !== stored || event.b === 0 || !facts.queue(event.dest).isFifo) return;
          // A recovery puts it there once more.
          stored = 0;
          const key = keyOf(facts, event, event.b);
          const first = windows.find(key);
          if (first !== null) tally.exercised++;
          if (first !== null && event.time - first.atMicros < WINDOW_MICROS - slack(facts)) report(event, 'stored-twice', first);
          windows.set(key, { copy: event.copy, atMicros: event.time });
        },
        [EventKind.deduplicate]: (event) => {
          tally.exercised++;
          const first = windows.find(keyOf(facts, event, event.a));
          if (first === null || event.time - first.atMicros >= WINDOW_MICROS + slack(facts)) report(event, 'refused', first);
          else if (first.copy !== event.copy) report(event, 'wrong-copy', first);
        },
        [EventKind.drop]: (event) => {
          if (event.a === DropReason.purge || event.a === DropReason.queueDeleted) windows.forget(event.dest);
        },
      },
    };
  },
  word({ atMicros, message, queue, what, firstMicros }, { at, name, span }) {
    if (firstMicros < 0) return `the send of message ${message} to ${name(queue)} at ${at(atMicros)} was taken for a repetition, and no other with its deduplication id had been stored`;
    const since = `${span(atMicros - firstMicros)} after the first with its deduplication id`;
    if (what === 'stored-twice') return `message ${message} was stored in ${name(queue)} at ${at(atMicros)}, ${since}: within the window of ${span(WINDOW_MICROS)}`;
    if (what === 'refused') return `message ${message} was not stored in ${name(queue)} at ${at(atMicros)}, ${since}: the window of ${span(WINDOW_MICROS)} was over`;
    return `the send of message ${message} to ${name(queue)} at ${at(atMicros)} was answered with another message than the first with its deduplication id`;
  },
});

/** A restart may count the window from a wall clock that is a little off, and the broker's clock may drift. */
const slack = (facts: Facts): number => 1_000 + facts.driftMicros(WINDOW_MICROS);

function keyOf(facts: Facts, event: EventView, id: number): string {
  const group: NameId = facts.queue(event.dest).contract?.deduplicationScope === 'messageGroup' ? event.peer : 0;
  return `${event.dest}/${group}/${id}`;
}

/** The first sends, in the order in which they were stored; twice the window is enough to tell what is wrong. */
class Windows {
  readonly #first = new Map<string, FirstSend>();

  find(key: string): FirstSend | null {
    return this.#first.get(key) ?? null;
  }

  set(key: string, send: FirstSend): void {
    this.#first.delete(key);
    this.#first.set(key, send);
    for (const [oldest, { atMicros }] of this.#first) {
      if (send.atMicros - atMicros < 2 * WINDOW_MICROS) return;
      this.#first.delete(oldest);
    }
  }

  forgetCopy(copy: number): void {
    for (const [key, first] of this.#first) if (first.copy === copy) this.#first.delete(key);
  }

  forget(queue: NameId): void {
    for (const key of this.#first.keys()) if (key.startsWith(`${queue}/`)) this.#first.delete(key);
  }
}
