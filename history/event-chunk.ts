/** Rows in one chunk: observers, the fingerprint and the store take the history in pieces of this size. */
export const CHUNK_ROWS = 4096;

const FLOAT_COLUMNS = 4;
const INT_COLUMNS = 5;
const FLOAT_BYTES = CHUNK_ROWS * Float64Array.BYTES_PER_ELEMENT;
const INT_BYTES = CHUNK_ROWS * Int32Array.BYTES_PER_ELEMENT;

/**
 * A stretch of the history, one typed array per column; row `i` is entry `i` of each. `length` rows are written; what is
 * beyond belongs to nobody. Only the recorder writes. Observers may read it during their call and keep nothing of it:
 * the arrays may be used again.
 */
export class EventChunk {
  /** Every column but `kind` lies in one buffer, so that {@link words} can walk a row without ten arrays at hand. */
  readonly #buffer = new ArrayBuffer(FLOAT_COLUMNS * FLOAT_BYTES + INT_COLUMNS * INT_BYTES);
  /** True time in integer microseconds; never decreases from row to row. */
  readonly time = this.#floats(0);
  readonly a = this.#floats(1);
  readonly b = this.#floats(2);
  readonly c = this.#floats(3);
  /** One of EventKind. */
  readonly kind = new Uint8Array(CHUNK_ROWS);
  /** Name numbers: see `events.ts`. */
  readonly actor = this.#ints(0);
  readonly peer = this.#ints(1);
  readonly dest = this.#ints(2);
  /** Trace number. */
  readonly message = this.#ints(3);
  /** The broker's message id. */
  readonly copy = this.#ints(4);
  /**
   * The bytes of all these columns but `kind`, for folding them exactly: `time`, `a`, `b`, `c` at two words an entry (see
   * {@link FLOAT_COLUMN_WORDS}), then `actor`, `peer`, `dest`, `message`, `copy` at one.
   */
  readonly words = new Int32Array(this.#buffer);
  length = 0;

  #floats(column: number): Float64Array {
    return new Float64Array(this.#buffer, column * FLOAT_BYTES, CHUNK_ROWS);
  }

  #ints(column: number): Int32Array {
    return new Int32Array(this.#buffer, FLOAT_COLUMNS * FLOAT_BYTES + column * INT_BYTES, CHUNK_ROWS);
  }
}

/** Words of one column of numbers in {@link EventChunk.words}. */
export const FLOAT_COLUMN_WORDS = 2 * CHUNK_ROWS;
/** Where the columns of integers begin in {@link EventChunk.words}. */
export const INT_COLUMNS_START = FLOAT_COLUMNS * FLOAT_COLUMN_WORDS;
