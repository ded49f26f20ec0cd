import { A_AT, ACTOR_AT, B_AT, C_AT, CHUNK_ROWS, COPY_AT, DEST_AT, type EventChunk, MESSAGE_AT, PEER_AT } from './event-chunk.js';
import type { EventKind, EventSink, NameId } from './events.js';
import { Fingerprint } from './fingerprint.js';
import { History } from './history.js';
import { NameTable } from './name-table.js';
import { type KeepPolicy, RowStore } from './row-store.js';

/** Where the recorder reads the true time, as a plain field: the kernel, or anything that keeps one. */
export interface TimeSource {
  /** Integer microseconds since the start of the run. */
  readonly now: number;
}

export interface RecorderOptions {
  readonly time: TimeSource;
  readonly keep: KeepPolicy;
}

/**
 * Follows the history while it is made. It is called with stretches of rows, every row exactly once and in order; how the
 * history is cut into stretches carries no meaning. It must not emit events and must keep nothing of the chunk.
 */
export interface EventObserver {
  /** Rows `from` (included) to `to` (excluded) are new. */
  onChunk(chunk: EventChunk, from: number, to: number): void;
}

/**
 * Takes the events of one run. `emit` writes one row of numbers; fingerprint and observers get the rows a chunk at a time,
 * and whenever {@link flush} is called.
 */
export class Recorder implements EventSink {
  readonly names = new NameTable();
  readonly #time: TimeSource;
  readonly #store: RowStore;
  readonly #observers: EventObserver[] = [];
  readonly #rowsPrint = new Fingerprint();
  #chunk: EventChunk;
  #length = 0;
  #handed = 0;
  #handedInAll = 0;

  constructor(options: RecorderOptions) {
    this.#time = options.time;
    this.#store = new RowStore(options.keep);
    this.#chunk = this.#store.next();
  }

  /** Adds an observer; it sees the rows that are handed out from now on, after the observers that came before it. */
  subscribe(observer: EventObserver): void {
    this.#observers.push(observer);
  }

  name(text: string): NameId {
    return this.names.id(text);
  }

  emit(
    kind: EventKind, actor: NameId, peer: NameId, dest: NameId, message: number, copy: number, a: number, b: number, c: number,
  ): void {
    const { numbers, words, kind: kinds } = this.#chunk;
    const row = this.#length;
    numbers[row] = this.#time.now;
    numbers[A_AT + row] = a;
    numbers[B_AT + row] = b;
    numbers[C_AT + row] = c;
    kinds[row] = kind;
    words[ACTOR_AT + row] = actor;
    words[PEER_AT + row] = peer;
    words[DEST_AT + row] = dest;
    words[MESSAGE_AT + row] = message;
    words[COPY_AT + row] = copy;
    this.#length = row + 1;
    if (row + 1 === CHUNK_ROWS) this.#turn();
  }

  /** Hands out every row that was emitted so far. */
  flush(): void {
    const chunk = this.#chunk;
    const from = this.#handed;
    const to = this.#length;
    chunk.length = to;
    if (from === to) return;
    this.#handed = to;
    this.#handedInAll += to - from;
    this.#rowsPrint.foldRows(chunk, from, to);
    for (let i = 0; i < this.#observers.length; i++) this.#observers[i]!.onChunk(chunk, from, to);
  }

  #turn(): void {
    this.flush();
    this.#chunk = this.#store.next();
    this.#length = 0;
    this.#handed = 0;
  }

  /** Events emitted so far. */
  get eventCount(): number {
    return this.#handedInAll + this.#length - this.#handed;
  }

  /**
   * 32 hexadecimal digits over every event and every name so far, whatever is kept or flushed. Flushes.
   * The digests of the rows and of the names (in order of their numbers) are folded into one.
   */
  fingerprint(): string {
    this.flush();
    const namesPrint = new Fingerprint();
    for (let id = 1; id <= this.names.size; id++) namesPrint.foldText(this.names.text(id));
    const whole = new Fingerprint();
    whole.foldWords(...this.#rowsPrint.digest());
    whole.foldWords(...namesPrint.digest());
    return whole.hex();
  }

  /** What was kept, as of now. Flushes. */
  history(): History {
    this.flush();
    return new History(this.#store, this.names);
  }
}
