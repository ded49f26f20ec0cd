import { NONE } from './links.js';

const FIRST_CAPACITY = 1024;

/** Where the ids of the slots are; the column is replaced when it grows. */
interface IdColumn {
  readonly messageId: Float64Array;
}

/**
 * From message id to slot: a hash table with linear probing whose size follows the messages stored. Multiplying by the golden
 * ratio spreads consecutive ids evenly; a removal closes the gap, so there are no tombstones.
 */
export class MessageIndex {
  readonly #store: IdColumn;
  #slots = new Int32Array(FIRST_CAPACITY).fill(NONE);
  #shift = 32 - 10;
  #size = 0;

  constructor(store: IdColumn) {
    this.#store = store;
  }

  /** The slot of a message, or {@link NONE}. */
  find(messageId: number): number {
    const slots = this.#slots;
    const ids = this.#store.messageId;
    const mask = slots.length - 1;
    let at = this.#home(messageId);
    for (;;) {
      const slot = slots[at] as number;
      if (slot === NONE || ids[slot] === messageId) return slot;
      at = (at + 1) & mask;
    }
  }

  /** The slot's message id is set already and not in the index. */
  add(slot: number): void {
    if (this.#size * 2 >= this.#slots.length) this.#double();
    this.#size++;
    this.#put(slot);
  }

  remove(slot: number): void {
    const slots = this.#slots;
    const ids = this.#store.messageId;
    const mask = slots.length - 1;
    let hole = this.#home(ids[slot] as number);
    while (slots[hole] !== slot) hole = (hole + 1) & mask;
    for (let at = (hole + 1) & mask; slots[at] !== NONE; at = (at + 1) & mask) {
      const home = this.#home(ids[slots[at] as number] as number);
      // A slot may fill the hole when the hole lies on its way from home.
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        slots[hole] = slots[at] as number;
        hole = at;
      }
    }
    slots[hole] = NONE;
    this.#size--;
  }

  #home(messageId: number): number {
    return Math.imul(messageId | 0, 0x9e3779b1) >>> this.#shift;
  }

  #put(slot: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = this.#home(this.#store.messageId[slot] as number);
    while (slots[at] !== NONE) at = (at + 1) & mask;
    slots[at] = slot;
  }

  #double(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2).fill(NONE);
    this.#shift--;
    for (let at = 0; at < old.length; at++) {
      const slot = old[at] as number;
      if (slot !== NONE) this.#put(slot);
    }
  }
}
