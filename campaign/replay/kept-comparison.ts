import { type EventChunk, type EventObserver, type EventRow, type NameTable, packedEvent, rawRow, type RawRow, type Recording } from '../../history/index.js';
import type { Parting, Side } from './parting.js';

/** Follows a run and notes where it parts from the part of a history that a result keeps. */
export class KeptComparison implements EventObserver {
  readonly #names: NameTable;
  readonly #kept: Recording;
  readonly #keptNames: Pick<NameTable, 'text'>;
  readonly #first: number;
  #count = 0;
  #parting: Parting | null = null;

  constructor(names: NameTable, kept: Recording) {
    this.#names = names;
    this.#kept = kept;
    this.#keptNames = { text: (id) => kept.names[id] ?? '' };
    this.#first = kept.rows[0]?.index ?? 0;
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    for (let at = from; at < to && this.#parting === null; at += 1) this.#compare(rawRow(chunk, at, this.#count));
  }

  #compare(row: RawRow): void {
    this.#count += 1;
    const expected = this.#expectedAt(row.index);
    if (expected === 'not-kept') return;
    const seen = packedEvent(row, this.#names);
    if (expected === 'no-more' || !isSame(expected, seen)) this.#part(row.index, expected, seen);
  }

  #expectedAt(index: number): Side {
    if (index >= this.#kept.runEvents) return 'no-more';
    const kept = this.#kept.rows[index - this.#first];
    return kept === undefined ? 'not-kept' : packedEvent(kept, this.#keptNames);
  }

  #part(index: number, expected: Side, seen: Side): void {
    const isWholeUpTo = this.#first === 0 && index <= this.#kept.rows.length;
    this.#parting = { index, expected, seen, ...(isWholeUpTo ? {} : { orBefore: true }) };
  }

  /** Where the runs part, now that this one is over; null when what is kept of the other is the same. */
  parting(): Parting | null {
    if (this.#parting === null && this.#count < this.#kept.runEvents) this.#part(this.#count, this.#expectedAt(this.#count), 'no-more');
    return this.#parting;
  }
}

const isSame = (one: EventRow, other: EventRow): boolean => JSON.stringify(one) === JSON.stringify(other);
