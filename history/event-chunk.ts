import type { EventKind, NameId } from './events.js';

/** Rows in one chunk: observers, the fingerprint and the store take the history in pieces of this size. */
export const CHUNK_ROWS = 4096;

const FLOAT_COLUMNS = 4;
const INT_COLUMNS = 5;
const FLOAT_BYTES = CHUNK_ROWS * Float64Array.BYTES_PER_ELEMENT;
const INT_BYTES = CHUNK_ROWS * Int32Array.BYTES_PER_ELEMENT;

/** Where the columns begin in {@link EventChunk.numbers}; `time` is the first. */
export const A_AT = CHUNK_ROWS;
export const B_AT = 2 * CHUNK_ROWS;
export const C_AT = 3 * CHUNK_ROWS;
/** Where the columns begin in {@link EventChunk.words}. */
export const ACTOR_AT = FLOAT_COLUMNS * 2 * CHUNK_ROWS;
export const PEER_AT = ACTOR_AT + CHUNK_ROWS;
export const DEST_AT = PEER_AT + CHUNK_ROWS;
export const MESSAGE_AT = DEST_AT + CHUNK_ROWS;
export const COPY_AT = MESSAGE_AT + CHUNK_ROWS;

/** What a row holds; for the meaning see {@link EventChunk} and `events.ts`. */
export interface EventFields {
  time: number;
  kind: EventKind;
  actor: NameId;
  peer: NameId;
  dest: NameId;
  message: number;
  copy: number;
  a: number;
  b: number;
  c: number;
}

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
  /** The bytes of all these columns but `kind`: `time`, `a`, `b`, `c` at two words an entry, then `actor`, `peer`, `dest`, `message`, `copy` at one. */
  readonly words = new Int32Array(this.#buffer);
  /** `time`, `a`, `b` and `c`, one after the other. */
  readonly numbers = new Float64Array(this.#buffer, 0, FLOAT_COLUMNS * CHUNK_ROWS);
  length = 0;

  /** All that row `row` holds, into fields of the same names: two arrays are at hand sooner than ten. */
  read(row: number, into: EventFields): void {
    const { numbers, words } = this;
    into.time = numbers[row]!;
    into.kind = this.kind[row] as EventKind;
    into.actor = words[ACTOR_AT + row]!;
    into.peer = words[PEER_AT + row]!;
    into.dest = words[DEST_AT + row]!;
    into.message = words[MESSAGE_AT + row]!;
    into.copy = words[COPY_AT + row]!;
    into.a = numbers[A_AT + row]!;
    into.b = numbers[B_AT + row]!;
    into.c = numbers[C_AT + row]!;
  }

  #floats(column: number): Float64Array {
    return new Float64Array(this.#buffer, column * FLOAT_BYTES, CHUNK_ROWS);
  }

  #ints(column: number): Int32Array {
    return new Int32Array(this.#buffer, FLOAT_COLUMNS * FLOAT_BYTES + column * INT_BYTES, CHUNK_ROWS);
  }
}
