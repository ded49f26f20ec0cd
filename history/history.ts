import { rawRow, type RawRow } from './event-row.js';
import type { NameTable } from './name-table.js';
import type { RowStore } from './row-store.js';

/** The part of a run's history that was kept, to be read forward as often as wanted. */
export class History {
  readonly names: NameTable;
  readonly #store: RowStore;

  constructor(store: RowStore, names: NameTable) {
    this.#store = store;
    this.names = names;
  }

  /** Position in the run of the first row that was kept; 0 when all were. */
  get firstIndex(): number {
    return this.#store.firstIndex();
  }

  /** One beyond the position of the last row: the number of events of the run. */
  get endIndex(): number {
    return this.#store.endIndex();
  }

  /** The kept rows, oldest first. */
  *rows(): Generator<RawRow> {
    for (const { chunk, from, to, firstIndex } of this.#store.stretches()) {
      for (let row = from; row < to; row++) yield rawRow(chunk, row, firstIndex + row - from);
    }
  }

  /** The kept rows of one message (trace number), oldest first. */
  *rowsOf(message: number): Generator<RawRow> {
    for (const { chunk, from, to, firstIndex } of this.#store.stretches()) {
      for (let row = from; row < to; row++) {
        if (chunk.message[row] === message) yield rawRow(chunk, row, firstIndex + row - from);
      }
    }
  }

  /** The kept rows of one stored copy at one broker, oldest first. */
  *rowsOfCopy(message: number, copy: number): Generator<RawRow> {
    for (const row of this.rowsOf(message)) if (row.copy === copy) yield row;
  }
}
