import { NONE } from './links.js';

/** The columns of a list; they are replaced when they grow. */
interface ListColumns {
  readonly next: Int32Array;
  readonly prev: Int32Array;
}

/** Slots in the order in which they were put: the ready messages of a queue. Every operation takes constant time. */
export class SlotList {
  readonly #links: ListColumns;
  #head = NONE;
  #tail = NONE;

  constructor(links: ListColumns) {
    this.#links = links;
  }

  /** {@link NONE} when empty. */
  get first(): number {
    return this.#head;
  }

  /** The slot after this one, or {@link NONE}. */
  after(slot: number): number {
    return this.#links.next[slot] as number;
  }

  pushTail(slot: number): void {
    const { next, prev } = this.#links;
    const tail = this.#tail;
    next[slot] = NONE;
    prev[slot] = tail;
    if (tail === NONE) this.#head = slot;
    else next[tail] = slot;
    this.#tail = slot;
  }

  pushHead(slot: number): void {
    const { next, prev } = this.#links;
    const head = this.#head;
    prev[slot] = NONE;
    next[slot] = head;
    if (head === NONE) this.#tail = slot;
    else prev[head] = slot;
    this.#head = slot;
  }

  remove(slot: number): void {
    const { next, prev } = this.#links;
    const before = prev[slot] as number;
    const behind = next[slot] as number;
    if (before === NONE) this.#head = behind;
    else next[before] = behind;
    if (behind === NONE) this.#tail = before;
    else prev[behind] = before;
  }
}
