import { type Links, grownInt32, NONE } from './links.js';

const FIRST_CAPACITY = 64;
const ARITY = 4;

/** Slots by ascending key, removable anywhere: a heap of four children whose positions are kept in `links.place`. */
export class SlotHeap {
  readonly #links: Links;
  #slots = new Int32Array(FIRST_CAPACITY);
  #size = 0;

  constructor(links: Links) {
    this.#links = links;
  }

  get size(): number {
    return this.#size;
  }

  /** {@link NONE} when empty. */
  get first(): number {
    return this.#size === 0 ? NONE : (this.#slots[0] as number);
  }

  at(index: number): number {
    return this.#slots[index] as number;
  }

  /** `links.key[slot]` is set already. */
  add(slot: number): void {
    if (this.#size === this.#slots.length) this.#slots = grownInt32(this.#slots, this.#size * 2);
    this.#rise(slot, this.#size++);
  }

  remove(slot: number): void {
    const place = this.#links.place;
    const hole = place[slot] as number;
    const last = this.#slots[--this.#size] as number;
    if (last === slot) return;
    const key = this.#links.key;
    const parent = (hole - 1) >> 2;
    if (hole > 0 && (key[last] as number) < (key[this.#slots[parent] as number] as number)) this.#rise(last, hole);
    else this.#sink(last, hole);
  }

  #rise(slot: number, from: number): void {
    const { key, place } = this.#links;
    const slots = this.#slots;
    const own = key[slot] as number;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 2;
      const above = slots[parent] as number;
      if ((key[above] as number) <= own) break;
      slots[index] = above;
      place[above] = index;
      index = parent;
    }
    slots[index] = slot;
    place[slot] = index;
  }

  #sink(slot: number, from: number): void {
    const { key, place } = this.#links;
    const slots = this.#slots;
    const size = this.#size;
    const own = key[slot] as number;
    let index = from;
    for (;;) {
      const firstChild = index * ARITY + 1;
      if (firstChild >= size) break;
      const end = Math.min(firstChild + ARITY, size);
      let best = firstChild;
      let bestKey = key[slots[firstChild] as number] as number;
      for (let child = firstChild + 1; child < end; child++) {
        const childKey = key[slots[child] as number] as number;
        if (childKey < bestKey) {
          best = child;
          bestKey = childKey;
        }
      }
      if (own <= bestKey) break;
      const below = slots[best] as number;
      slots[index] = below;
      place[below] = index;
      index = best;
    }
    slots[index] = slot;
    place[slot] = index;
  }
}
