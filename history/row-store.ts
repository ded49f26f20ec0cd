import { CHUNK_ROWS, EventChunk } from './event-chunk.js';
import { HistoryFullError, RecorderOptionError } from './errors.js';

/** How much of the history is kept for reading afterwards. Whatever is kept, every event is observed and fingerprinted. */
export type KeepPolicy = 'off' | 'all' | { readonly last: number };

/** Rows that `keep: 'all'` may hold, about 0.5 GB; see {@link HistoryFullError}. */
export const MAX_KEPT_ROWS = 10_000_000;

/** The chunks of a history, oldest first, and the rule by which they are kept or used again. */
export class RowStore {
  readonly #chunks: EventChunk[] = [];
  readonly #maxChunks: number;
  readonly #lastRows: number;
  readonly #keepsAll: boolean;
  readonly #maxRows: number;
  #droppedRows = 0;

  /** @throws RecorderOptionError when the last so many are asked for and the number is not an integer from 1 to `maxRows`. */
  constructor(keep: KeepPolicy, maxRows: number = MAX_KEPT_ROWS) {
    this.#keepsAll = keep === 'all';
    this.#maxRows = maxRows;
    this.#lastRows = typeof keep === 'object' ? checkedLast(keep.last, maxRows) : keep === 'all' ? maxRows : 0;
    // The chunk in work may be nearly empty, so one more than the rows need.
    this.#maxChunks = Math.ceil(this.#lastRows / CHUNK_ROWS) + 1;
  }

  /**
   * The chunk to write into when the current one is full (or at the start).
   * @throws HistoryFullError when all rows are to be kept and there are too many.
   */
  next(): EventChunk {
    if (this.#chunks.length < this.#maxChunks) return this.#add(new EventChunk());
    if (this.#keepsAll) throw new HistoryFullError(this.#maxRows);
    const oldest = this.#chunks.shift()!;
    this.#droppedRows += oldest.length;
    oldest.length = 0;
    return this.#add(oldest);
  }

  #add(chunk: EventChunk): EventChunk {
    this.#chunks.push(chunk);
    return chunk;
  }

  /** Position in the run of the first row that may still be read. */
  firstIndex(): number {
    return Math.max(this.#droppedRows, this.endIndex() - this.#lastRows);
  }

  /** Rows recorded in all: one beyond the position of the last. */
  endIndex(): number {
    let rows = this.#droppedRows;
    for (const chunk of this.#chunks) rows += chunk.length;
    return rows;
  }

  /** The kept rows in order, as stretches of chunks: rows `from` (included) to `to` (excluded) begin at position `firstIndex`. */
  *stretches(): Generator<{ readonly chunk: EventChunk; readonly from: number; readonly to: number; readonly firstIndex: number }> {
    const first = this.firstIndex();
    let base = this.#droppedRows;
    for (const chunk of this.#chunks) {
      const from = Math.max(0, first - base);
      if (from < chunk.length) yield { chunk, from, to: chunk.length, firstIndex: base + from };
      base += chunk.length;
    }
  }
}

function checkedLast(last: number, maxRows: number): number {
  if (Number.isSafeInteger(last) && last >= 1 && last <= maxRows) return last;
  throw new RecorderOptionError(`Keeping the last ${last} events is not possible: give an integer from 1 to ${maxRows}.`);
}
