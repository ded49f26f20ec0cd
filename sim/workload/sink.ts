import { EventKind } from '../../history/index.js';
import type { EventSink, NameId } from '../../history/index.js';

const BITS_PER_WORD = 32;
const WORDS_PER_PAGE = 2048;
const IDS_PER_PAGE = WORDS_PER_PAGE * BITS_PER_WORD;

/**
 * The store outside the queue in which handling a message has its effect: a row written, a card charged. It is perfect and
 * instantaneous, so that every duplicate or missing effect is the queue's and the consumer's doing.
 *
 * An idempotent handler asks it to remember message ids, as a unique constraint would; its memory is one bit a message.
 */
export class Sink {
  readonly #events: EventSink;
  readonly #pages = new Map<number, Uint32Array>();

  constructor(events: EventSink) {
    this.#events = events;
  }

  /** Has the effect of message `trace`, whatever happened before. */
  apply(actor: NameId, dest: NameId, trace: number, copy: number, handle: number): void {
    this.#events.emit(EventKind.effect, actor, 0, dest, trace, copy, handle, 1, 0);
  }

  /** Has the effect unless it already had one under this deduplication id; says which. */
  applyOnce(actor: NameId, dest: NameId, trace: number, copy: number, handle: number, deduplicationId: number): boolean {
    const isNew = this.#remember(deduplicationId);
    this.#events.emit(EventKind.effect, actor, 0, dest, trace, copy, handle, isNew ? 1 : 0, 0);
    return isNew;
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
