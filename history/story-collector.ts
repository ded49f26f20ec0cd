import type { EventChunk } from './event-chunk.js';
import { type RawRow, rawRow } from './event-row.js';
import { EventKind } from './events.js';
import type { EventObserver } from './recorder.js';
import { StorySyncs } from './story-syncs.js';

/** Rows of the message, and rows of what went on around it, that a story is told from at most. */
export const MAX_STORY_ROWS = 10_000;

/** What happens to machines and to the run: the circumstances of every message. */
const isCircumstance = new Uint8Array(256);
for (const kind of [
  EventKind.nodeStart, EventKind.nodeStop, EventKind.recoverBegin, EventKind.recoverEnd, EventKind.corruption,
  EventKind.faultBegin, EventKind.faultEnd, EventKind.drainBegin, EventKind.drainEnd, EventKind.connectionBlocked, EventKind.connectionLost,
]) {
  isCircumstance[kind] = 1;
}

/**
 * Collects, while a run goes on, the rows that {@link tellStory} needs for one message: those that carry its trace number,
 * and the circumstances. Subscribe it to a recorder that keeps nothing and run the same seed again. Of what went
 * on before the message appeared it keeps only what is still in force then.
 */
export class StoryCollector implements EventObserver {
  readonly message: number;
  readonly #rows: RawRow[] = [];
  readonly #syncs = new StorySyncs();
  /** Before the message appears: the last word on each fault and machine. */
  readonly #inForce = new Map<string, RawRow>();
  #seenRows = 0;
  #ownRows = 0;
  #droppedRows = 0;

  /** @param message the trace number. */
  constructor(message: number) {
    this.message = message;
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    const { kind, message, actor } = chunk;
    const base = this.#seenRows - from;
    for (let row = from; row < to; row++) {
      if (message[row] === this.message) this.#own(rawRow(chunk, row, base + row));
      else if (kind[row] === EventKind.fsync) {
        if (this.#syncs.awaits(actor[row]!)) this.#sync(rawRow(chunk, row, base + row));
      } else if (isCircumstance[kind[row]!] === 1) this.#circumstance(rawRow(chunk, row, base + row));
    }
    this.#seenRows += to - from;
  }

  #own(row: RawRow): void {
    if (this.#ownRows === 0) {
      this.#rows.push(...[...this.#inForce.values()].sort((left, right) => left.index - right.index));
      this.#inForce.clear();
    }
    if (this.#ownRows === MAX_STORY_ROWS) {
      this.#droppedRows++;
      return;
    }
    this.#ownRows++;
    this.#rows.push(row);
    this.#syncs.noteOwn(row);
  }

  #sync(row: RawRow): void {
    if (this.#syncs.takes(row)) this.#circumstance(row);
  }

  #circumstance(row: RawRow): void {
    if (this.#ownRows === 0) this.#beforeMessage(row);
    else if (this.#rows.length - this.#ownRows < MAX_STORY_ROWS) this.#rows.push(row);
    else this.#droppedRows++;
  }

  #beforeMessage(row: RawRow): void {
    const fault = `fault ${row.a} ${row.actor} ${row.peer}`;
    if (row.kind === EventKind.faultBegin) this.#inForce.set(fault, row);
    else if (row.kind === EventKind.faultEnd) this.#inForce.delete(fault);
    else if (row.kind === EventKind.nodeStop) this.#inForce.set(`node ${row.actor}`, row);
    else if (row.kind === EventKind.nodeStart) this.#inForce.delete(`node ${row.actor}`);
    else if (row.kind === EventKind.connectionBlocked && row.a === 1) this.#inForce.set(`connection ${row.peer}`, row);
    else if (row.kind === EventKind.connectionBlocked) this.#inForce.delete(`connection ${row.peer}`);
  }

  /** What was collected, in the order of the run. */
  rows(): readonly RawRow[] {
    return this.#rows;
  }

  /** Rows beyond {@link MAX_STORY_ROWS} that were seen and not kept. */
  get droppedRows(): number {
    return this.#droppedRows;
  }
}
