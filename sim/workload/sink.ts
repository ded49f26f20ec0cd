import { EventKind } from '../../history/index.js';
import type { EventSink, NameId } from '../../history/index.js';
import { DeduplicationWork } from './deduplication-work.js';

const BITS_PER_WORD = 32;
const WORDS_PER_PAGE = 2048;
const IDS_PER_PAGE = WORDS_PER_PAGE * BITS_PER_WORD;

/**
 * The store outside the queue in which handling a message has its effect: a row written, a card charged. It is perfect, and what it does happens in
 * an instant, so that every duplicate or missing effect is the queue's and the consumer's doing. What its work costs is told by {@link deduplication}, and the handler waits for it.
 *
 * An idempotent handler asks it to remember message ids, as a unique constraint would; its memory is one bit a message.
 */
export class Sink {
  readonly deduplication = new DeduplicationWork();
  readonly #events: EventSink;
  readonly #pages = new Map<number, Uint32Array>();
  /** Of handlers that upsert: the message that each row was last set to, by queue and key. */
  readonly #rows = new Map<NameId, Map<number, number>>();
  /** Ids of handlers with a bounded memory, oldest first, by queue. */
  readonly #recent = new Map<NameId, Set<number>>();

  constructor(events: EventSink) {
    this.#events = events;
  }

  /** Has the effect of message `trace`, whatever happened before. */
  apply(actor: NameId, dest: NameId, trace: number, copy: number, handle: number): void {
    this.#events.emit(EventKind.effect, actor, 0, dest, trace, copy, handle, 1, 0);
  }

  /** Has no effect: it was had before. */
  suppress(actor: NameId, dest: NameId, trace: number, copy: number, handle: number): void {
    this.#events.emit(EventKind.effect, actor, 0, dest, trace, copy, handle, 0, 0);
  }

  /** Sets a row to what the message says: an effect, unless that is what it says already. */
  upsert(actor: NameId, dest: NameId, trace: number, copy: number, handle: number, key: number): void {
    const rows = this.#rows.get(dest) ?? new Map<number, number>();
    this.#rows.set(dest, rows);
    const isNew = rows.get(key) !== trace;
    rows.set(key, trace);
    this.#events.emit(EventKind.effect, actor, 0, dest, trace, copy, handle, isNew ? 1 : 0, 0);
  }

  /** Has the effect unless it already had one under this deduplication id and remembers it; says which. `memory`: ids that are remembered for each queue; null: all. */
  applyOnce(actor: NameId, dest: NameId, trace: number, copy: number, handle: number, deduplicationId: number, memory: number | null = null): boolean {
    const isNew = memory === null ? this.#remember(deduplicationId) : this.#rememberSome(dest, deduplicationId, memory);
    this.#events.emit(EventKind.effect, actor, 0, dest, trace, copy, handle, isNew ? 1 : 0, 0);
    return isNew;
  }

  /** The same with a memory that forgets what it noted first. */
  #rememberSome(dest: NameId, id: number, memory: number): boolean {
    const ids = this.#recent.get(dest) ?? new Set<number>();
    this.#recent.set(dest, ids);
    if (ids.has(id)) return false;
    ids.add(id);
    for (const oldest of ids) {
      if (ids.size <= memory) break;
      ids.delete(oldest);
      this.deduplication.forget();
    }
    return true;
  }

  /** True when the id had not been seen. */
  #remember(id: number): boolean {
    const pageIndex = Math.floor(id / IDS_PER_PAGE);
    let page = this.#pages.get(pageIndex);
    if (page === undefined) {
      page = new Uint32Array(WORDS_PER_PAGE);
      this.#pages.set(pageIndex, page);
    }
    const bit = id % IDS_PER_PAGE;
    const word = bit >>> 5;
    const mask = 1 << (bit & 31);
    const before = page[word] as number;
    page[word] = before | mask;
    return (before & mask) === 0;
  }
}
