/** Rows in one chunk: observers, the fingerprint and the store take the history in pieces of this size. */
export const CHUNK_ROWS = 4096;

/**
 * A stretch of the history, one typed array per column; row `i` is entry `i` of each. `length` rows are written; what is
 * beyond belongs to nobody. Only the recorder writes. Observers may read it during their call and keep nothing of it:
 * the arrays may be used again.
 */
export class EventChunk {
  /** True time in integer microseconds; never decreases from row to row. */
  readonly time = new Float64Array(CHUNK_ROWS);
  /** One of EventKind. */
  readonly kind = new Uint8Array(CHUNK_ROWS);
  /** Name numbers: see `events.ts`. */
  readonly actor = new Int32Array(CHUNK_ROWS);
  readonly peer = new Int32Array(CHUNK_ROWS);
  readonly dest = new Int32Array(CHUNK_ROWS);
  /** Trace number. */
  readonly message = new Int32Array(CHUNK_ROWS);
  /** The broker's message id. */
  readonly copy = new Int32Array(CHUNK_ROWS);
  readonly a = new Float64Array(CHUNK_ROWS);
  readonly b = new Float64Array(CHUNK_ROWS);
  readonly c = new Float64Array(CHUNK_ROWS);
  /** The same bytes as `time`, `a`, `b` and `c`, two words per entry, for folding them exactly. */
  readonly timeWords = new Uint32Array(this.time.buffer);
  readonly aWords = new Uint32Array(this.a.buffer);
  readonly bWords = new Uint32Array(this.b.buffer);
  readonly cWords = new Uint32Array(this.c.buffer);
  length = 0;
}
