import { Board, type BoardData } from './board.js';
import type { EventChunk } from './event-chunk.js';
import { type RawRow, rawRow } from './event-row.js';
import { EventKind } from './events.js';
import type { NameTable } from './name-table.js';
import type { EventObserver } from './recorder.js';

/** A part of a history, with what stood where when it began. */
export interface Recording {
  /** Text of every name, by its number; the first is no name. */
  readonly names: readonly string[];
  readonly rows: readonly RawRow[];
  readonly start: BoardData;
  /** Events of the whole run. */
  readonly runEvents: number;
}

export interface RecordingOptions {
  readonly names: Pick<NameTable, 'text' | 'size'>;
  /** Rows that are kept. */
  readonly limitRows: number;
  /** What is to be in it: the rows around this time; null for the first fault, or else for the beginning of the run. */
  readonly aroundMicros: number | null;
  /** Instead: the rows around the first of this message. */
  readonly aroundMessage?: number;
}

/** Of the rows, how many lie after what is to be in the recording. */
const AFTER_SHARE = 0.75;

/** Records a window of a run while it goes on: the last rows before the instant it is about, and more rows after it. */
export class RecordingWindow implements EventObserver {
  readonly #options: RecordingOptions;
  readonly #board = new Board();
  #rows: RawRow[] = [];
  /** Rows at the front of the list that have fallen out. */
  #gone = 0;
  #seen = 0;
  /** Rows still to be taken; null until the instant has come. */
  #left: number | null = null;

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  onChunk(chunk: EventChunk, from: number, to: number): void {
    const base = this.#seen - from;
    this.#seen += to - from;
    for (let row = from; row < to && this.#left !== 0; row++) this.#take(rawRow(chunk, row, base + row));
  }

  #take(row: RawRow): void {
    const { limitRows } = this.#options;
    this.#rows.push(row);
    if (this.#left !== null) this.#left--;
    else if (this.#isAnchor(row)) this.#left = Math.max(Math.floor(limitRows * AFTER_SHARE), limitRows - (this.#rows.length - this.#gone));
    if (this.#rows.length - this.#gone <= limitRows) return;
    this.#board.apply(this.#rows[this.#gone]!);
    this.#gone++;
    if (this.#gone === limitRows) {
      this.#rows = this.#rows.slice(this.#gone);
      this.#gone = 0;
    }
  }

  #isAnchor({ kind, timeMicros, message }: RawRow): boolean {
    const { aroundMicros, aroundMessage } = this.#options;
    if (aroundMessage !== undefined) return message === aroundMessage;
    return aroundMicros === null ? kind === EventKind.faultBegin : timeMicros >= aroundMicros;
  }

  /** What was recorded; call it when the run is over. */
  recording(): Recording {
    const { names } = this.#options;
    return {
      names: Array.from({ length: names.size + 1 }, (_, id) => (id === 0 ? '' : names.text(id))),
      rows: this.#rows.slice(this.#gone),
      start: this.#board.data(),
      runEvents: this.#seen,
    };
  }
}
