/** No slot: what {@link SlotTable.find} answers for a key that is not there. */
export const NO_SLOT = -1;

/** Columns that grow with the table; a slot's entries are whatever its last user left, so `add`ing code sets them all. */
export interface SlotColumns {
  grow(capacity: number): void;
}

/**
 * Gives small reusable slot numbers to pairs of integers, for state that is kept only while something is in flight. Keys
 * that are dense in their first number (trace numbers, message ids) hardly ever collide, because the number itself is the
 * hash. Memory follows the largest number of keys that were there at the same time.
 */
export class SlotTable {
  #heads: Int32Array;
  #next: Int32Array;
  #first: Int32Array;
  #second: Int32Array;
  #free = NO_SLOT;
  #used = 0;
  #size = 0;
  readonly #columns: SlotColumns;

  constructor(columns: SlotColumns, capacity = 1024) {
    this.#heads = new Int32Array(capacity).fill(NO_SLOT);
    this.#next = new Int32Array(capacity);
    this.#first = new Int32Array(capacity);
    this.#second = new Int32Array(capacity);
    this.#columns = columns;
    columns.grow(capacity);
  }

  /** Keys in the table. */
  get size(): number {
    return this.#size;
  }

  /** Slots handed out so far; every slot in use is below this. */
  get slotLimit(): number {
    return this.#used;
  }

  find(first: number, second: number): number {
    let slot = this.#heads[this.#home(first, second)]!;
    while (slot !== NO_SLOT && (this.#first[slot] !== first || this.#second[slot] !== second)) slot = this.#next[slot]!;
    return slot;
  }

  /** A slot for a key that is not in the table. */
  add(first: number, second: number): number {
    if (this.#free === NO_SLOT && this.#used === this.#heads.length) this.#grow();
    let slot = this.#free;
    if (slot === NO_SLOT) slot = this.#used++;
    else this.#free = this.#next[slot]!;
    this.#first[slot] = first;
    this.#second[slot] = second;
    this.#link(slot);
    this.#size++;
    return slot;
  }

  /** Gives back a slot that is in use. */
  remove(slot: number): void {
    const home = this.#home(this.#first[slot]!, this.#second[slot]!);
    let before = NO_SLOT;
    for (let at = this.#heads[home]!; at !== slot; at = this.#next[at]!) before = at;
    if (before === NO_SLOT) this.#heads[home] = this.#next[slot]!;
    else this.#next[before] = this.#next[slot]!;
    this.#next[slot] = this.#free;
    this.#free = slot;
    this.#size--;
  }

  /** Calls `visit` for every key; it may remove the slot that it is called with and no other. */
  forEach(visit: (slot: number, first: number, second: number) => void): void {
    for (let home = 0; home < this.#heads.length; home++) {
      for (let slot = this.#heads[home]!; slot !== NO_SLOT; ) {
        const next = this.#next[slot]!;
        visit(slot, this.#first[slot]!, this.#second[slot]!);
        slot = next;
      }
    }
  }

  #home(first: number, second: number): number {
    return (first + Math.imul(second, 0x9e3779b1)) & (this.#heads.length - 1);
  }

  #link(slot: number): void {
    const home = this.#home(this.#first[slot]!, this.#second[slot]!);
    this.#next[slot] = this.#heads[home]!;
    this.#heads[home] = slot;
  }

  /** Every slot is in use here. */
  #grow(): void {
    const capacity = 2 * this.#heads.length;
    this.#heads = new Int32Array(capacity).fill(NO_SLOT);
    this.#next = grown(this.#next, capacity);
    this.#first = grown(this.#first, capacity);
    this.#second = grown(this.#second, capacity);
    for (let slot = 0; slot < this.#used; slot++) this.#link(slot);
    this.#columns.grow(capacity);
  }
}

/** A longer copy of an array, or a new one. */
export function grown<T extends Int32Array | Float64Array | Uint8Array>(old: T, capacity: number): T {
  const array = new (old.constructor as new (length: number) => T)(capacity);
  array.set(old);
  return array;
}
