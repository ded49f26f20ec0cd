import { CHUNK_ROWS, EventChunk, type EventObserver, type EventRow, eventRow, Fingerprint, type NameTable, rawRow } from '../../history/index.js';
import type { Parting, Side } from './parting.js';

/** Rows that a tape holds, about 55 MB. */
const MAX_ROWS = 1_000_000;

const COLUMNS = ['time', 'a', 'b', 'c', 'kind', 'actor', 'peer', 'dest', 'message', 'copy'] as const;

/** The events of one run as they were written: cheap to make, for a run that is to be compared with its repetition. Of those that it does not hold it has a mark. */
export class Tape implements EventObserver {
  readonly #names: NameTable;
  readonly #maxRows: number;
  readonly #chunks: EventChunk[] = [];
  readonly #print = new Fingerprint();
  readonly #marks: number[] = [];
  readonly #before: Tape | null;
  /** The first event beyond those that it holds that is not what the tape before it has. */
  #other: EventRow | null = null;
  count = 0;

  /** @param before of the run that this one repeats: where they part far into the run, the event is kept */
  constructor(names: NameTable, { maxRows = MAX_ROWS, before = null }: { readonly maxRows?: number | undefined; readonly before?: Tape | null } = {}) {
    this.#names = names;
    this.#maxRows = maxRows;
    this.#before = before;
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    for (let at = from; at < to;) {
      const isHeld = this.count < this.#maxRows;
      const room = isHeld ? Math.min(CHUNK_ROWS - (this.count % CHUNK_ROWS), this.#maxRows - this.count) : Infinity;
      const end = Math.min(to, at + room);
      if (isHeld) this.#copy(chunk, at, end);
      else this.#mark(chunk, at, end);
      this.count += end - at;
      at = end;
    }
  }

  #copy(chunk: EventChunk, from: number, to: number): void {
    const own = (this.#chunks[Math.floor(this.count / CHUNK_ROWS)] ??= new EventChunk());
    for (const column of COLUMNS) own[column].set(chunk[column].subarray(from, to), this.count % CHUNK_ROWS);
  }

  #mark(chunk: EventChunk, from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      this.#print.foldRows(chunk, at, at + 1);
      const mark = this.#print.digest()[0];
      const isOther = this.#other === null && this.#before !== null && this.#before.#marks[this.#marks.length] !== mark;
      if (isOther) this.#other = eventRow(rawRow(chunk, at, this.#maxRows + this.#marks.length), this.#names);
      this.#marks.push(mark);
    }
  }

  /** The event at a position. */
  at(index: number): Side {
    if (index >= this.count) return 'no-more';
    if (index === this.#other?.index) return this.#other;
    const chunk = this.#chunks[Math.floor(index / CHUNK_ROWS)];
    return index >= this.#maxRows || chunk === undefined ? 'not-kept' : eventRow(rawRow(chunk, index % CHUNK_ROWS, index), this.#names);
  }

  /** Equal for two events that are the same, of two tapes. */
  identityAt(index: number): string {
    return index < this.#maxRows || index >= this.count ? JSON.stringify(this.at(index)) : String(this.#marks[index - this.#maxRows]);
  }
}

/** The first event in which two runs differ; null when all are the same. */
export function partingOf(one: Tape, other: Tape): Parting | null {
  for (let index = 0; index < Math.max(one.count, other.count); index += 1) {
    if (one.identityAt(index) !== other.identityAt(index)) return { index, expected: one.at(index), seen: other.at(index) };
  }
  return null;
}
