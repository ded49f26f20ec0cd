/** No slot: what {@link SlotTable.find} answers for an id that is not there. */
export const NO_SLOT = -1;

/**
 * Gives the ids that are in flight small numbers, used again when the id is done, so that what is known of them fits into
 * typed arrays whose length follows the largest number in flight. Ids are dense, so an id is its own hash: those in flight at the same time
 * hardly ever share a chain.
 *
 * A subclass adds columns: it makes them longer in {@link grow} and sets all of them after {@link add}.
 */
export abstract class SlotTable {
  #heads = new Int32Array(0);
  #next = new Int32Array(0);
  #ids = new Int32Array(0);
  #free = NO_SLOT;
  #used = 0;
  #size = 0;

  /** Makes the columns at least this long, keeping what they hold. */
  protected abstract grow(capacity: number): void;

  /** Ids in the table. */
  get size(): number {
    return this.#size;
  }

  /** Slots there is room for. */
  get capacity(): number {
    return this.#heads.length;
  }

  find(id: number): number {
    const heads = this.#heads;
    if (heads.length === 0) return NO_SLOT;
    let slot = heads[id & (heads.length - 1)]!;
    while (slot !== NO_SLOT && this.#ids[slot] !== id) slot = this.#next[slot]!;
    return slot;
  }

  idOf(slot: number): number {
    return this.#ids[slot]!;
  }

  /** A slot for an id (at least 1) that is not in the table. */
  protected add(id: number): number {
    if (this.#free === NO_SLOT && this.#used === this.#heads.length) this.#double();
    let slot = this.#free;
    if (slot === NO_SLOT) slot = this.#used++;
    else this.#free = this.#next[slot]!;
    this.#ids[slot] = id;
    this.#link(slot);
    this.#size++;
    return slot;
  }

  /** Takes an id out; its slot is given to a later one. */
  protected remove(slot: number): void {
    const home = this.#ids[slot]! & (this.#heads.length - 1);
    const after = this.#next[slot]!;
    if (this.#heads[home] === slot) {
      this.#heads[home] = after;
    } else {
      let before = this.#heads[home]!;
      while (this.#next[before] !== slot) before = this.#next[before]!;
      this.#next[before] = after;
    }
    this.#ids[slot] = 0;
    this.#next[slot] = this.#free;
    this.#free = slot;
    this.#size--;
  }

  /** Calls `visit` for every slot in use, in an order that depends on the events alone; it may remove the slot it is given. */
  forEach(visit: (slot: number) => void): void {
    for (let slot = 0; slot < this.#used; slot++) if (this.#ids[slot] !== 0) visit(slot);
  }

  #link(slot: number): void {
    const home = this.#ids[slot]! & (this.#heads.length - 1);
    this.#next[slot] = this.#heads[home]!;
    this.#heads[home] = slot;
  }

  /** Called when every slot is in use. */
  #double(): void {
    const capacity = Math.max(64, 2 * this.#heads.length);
    this.#heads = new Int32Array(capacity).fill(NO_SLOT);
    this.#next = longer(this.#next, capacity);
    this.#ids = longer(this.#ids, capacity);
    for (let slot = 0; slot < this.#used; slot++) this.#link(slot);
    this.grow(capacity);
  }
}

type Column = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A copy of a column with room for more. */
export function longer<T extends Column>(column: T, length: number): T {
  const copy = new (column.constructor as new (length: number) => T)(length);
  copy.set(column);
  return copy;
}
