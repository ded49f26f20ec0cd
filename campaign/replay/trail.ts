import { type EventChunk, type EventObserver, type EventRow, eventRow, Fingerprint, type NameTable, rawRow } from '../../history/index.js';
import type { Parting } from './parting.js';

/** Events of a run that a recording keeps as they are. */
export const MAX_RECORDED_EVENTS = 100_000;
/** Events of a run of which it keeps a mark. */
export const MAX_MARKED_EVENTS = 4_000_000;

/** The events of a run, for comparing another one with them. */
export interface RecordedEvents {
  /** The first events, as exports have them: each as JSON. */
  readonly lines: readonly string[];
  /** For each event from the first on a mark of it and of all before it: where two runs part, so do their marks. */
  readonly marks: Uint32Array;
  /** How many the run had; more than there are marks when there were too many. Null when it is not known. */
  readonly count: number | null;
}

/**
 * Events with their names and not with the numbers of these, which another version may give in another order. Two runs that parted
 * have the same mark by chance in one of four billion events.
 */
class Marker {
  readonly #print = new Fingerprint();

  mark(line: string): number {
    this.#print.foldText(line);
    return this.#print.digest()[0];
  }
}

/** Records the events of a run. */
export class Trail implements EventObserver {
  readonly #names: NameTable;
  readonly #marker = new Marker();
  readonly #lines: string[] = [];
  #marks = new Uint32Array(4_096);
  #count = 0;

  constructor(names: NameTable) {
    this.#names = names;
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      if (this.#count < MAX_MARKED_EVENTS) this.#take(JSON.stringify(eventRow(rawRow(chunk, at, this.#count), this.#names)));
      this.#count += 1;
    }
  }

  #take(line: string): void {
    if (this.#count < MAX_RECORDED_EVENTS) this.#lines.push(line);
    if (this.#count === this.#marks.length) {
      const more = new Uint32Array(2 * this.#marks.length);
      more.set(this.#marks);
      this.#marks = more;
    }
    this.#marks[this.#count] = this.#marker.mark(line);
  }

  get events(): RecordedEvents {
    return { lines: this.#lines, marks: this.#marks.subarray(0, Math.min(this.#count, MAX_MARKED_EVENTS)), count: this.#count };
  }
}

/** Follows a run and notes where it parts from a recorded one. */
export class Comparison implements EventObserver {
  readonly #names: NameTable;
  readonly #recorded: RecordedEvents;
  readonly #marker = new Marker();
  #count = 0;
  #parting: Parting | null = null;

  constructor(names: NameTable, recorded: RecordedEvents) {
    this.#names = names;
    this.#recorded = recorded;
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    for (let at = from; at < to && this.#parting === null; at += 1) this.#compare(eventRow(rawRow(chunk, at, this.#count), this.#names));
  }

  #compare(row: EventRow): void {
    const index = this.#count;
    this.#count += 1;
    const { lines, marks } = this.#recorded;
    const known = lines[index];
    const line = JSON.stringify(row);
    const mark = this.#marker.mark(line);
    const isSame = known !== undefined ? known === line : index < marks.length ? marks[index] === mark : !this.#isOver(index);
    if (!isSame) this.#parting = { index, expected: this.#expectedAt(index), seen: row };
  }

  #isOver(index: number): boolean {
    const { count } = this.#recorded;
    return count !== null && index >= count;
  }

  #expectedAt(index: number): Parting['expected'] {
    const line = this.#recorded.lines[index];
    if (line !== undefined) return JSON.parse(line) as EventRow;
    return this.#isOver(index) ? 'no-more' : 'not-kept';
  }

  /** Where the runs part, now that this one is over; null when what is known of the recorded one is the same. */
  parting(): Parting | null {
    if (this.#parting !== null) return this.#parting;
    const { count, marks, lines } = this.#recorded;
    const isLonger = this.#count < (count ?? Math.max(marks.length, lines.length));
    return isLonger ? { index: this.#count, expected: this.#expectedAt(this.#count), seen: 'no-more' } : null;
  }
}
