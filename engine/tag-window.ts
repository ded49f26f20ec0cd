const FIRST_CAPACITY = 16;
/** A ring of which less than one place in so many is taken is not made longer: what keeps it long is put aside. */
const MIN_SHARE = 4;

/**
 * What is outstanding on a channel, by its tag. Tags rise by one, are settled about in their order, and come by the hundred thousand: a ring of those between
 * the oldest and the newest. A few that stay behind for long are put aside, so that memory follows the number of those outstanding.
 */
export class TagWindow<T> {
  /** A power of two long; the place of a tag is its rest. */
  #ring: (T | undefined)[] = new Array<undefined>(FIRST_CAPACITY).fill(undefined);
  /** The ring holds tags from here up to `#end`, that one not; the first is there unless it holds none. */
  #from = 0;
  #end = 0;
  #inRing = 0;
  /** Older than all in the ring, in their order. */
  readonly #behind = new Map<number, T>();

  get size(): number {
    return this.#inRing + this.#behind.size;
  }

  get oldest(): T | undefined {
    if (this.#behind.size > 0) return this.#behind.values().next().value;
    return this.#inRing === 0 ? undefined : this.#ring[this.#from & (this.#ring.length - 1)];
  }

  get(tag: number): T | undefined {
    return tag >= this.#from && tag < this.#end ? this.#ring[tag & (this.#ring.length - 1)] : this.#behind.get(tag);
  }

  /** Adds the newest: its tag is above all that are there. */
  add(tag: number, value: T): void {
    if (this.#inRing === 0) this.#from = tag;
    while (tag - this.#from >= this.#ring.length) this.#makeRoom(tag);
    this.#ring[tag & (this.#ring.length - 1)] = value;
    this.#end = tag + 1;
    this.#inRing += 1;
  }

  /** False: it was not there. */
  delete(tag: number): boolean {
    if (tag < this.#from || tag >= this.#end) return this.#behind.delete(tag);
    const place = tag & (this.#ring.length - 1);
    if (this.#ring[place] === undefined) return false;
    this.#ring[place] = undefined;
    this.#inRing -= 1;
    if (tag === this.#from) this.#skipHoles();
    return true;
  }

  clear(): void {
    this.#ring = new Array<undefined>(FIRST_CAPACITY).fill(undefined);
    this.#inRing = 0;
    this.#end = this.#from;
    this.#behind.clear();
  }

  /** In the order of their tags. */
  values(): T[] {
    const values = [...this.#behind.values()];
    for (let tag = this.#from; tag < this.#end; tag += 1) {
      const value = this.#ring[tag & (this.#ring.length - 1)];
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  #makeRoom(tag: number): void {
    if (this.#inRing * MIN_SHARE >= this.#ring.length) this.#grow();
    else {
      const place = this.#from & (this.#ring.length - 1);
      this.#behind.set(this.#from, this.#ring[place]!);
      this.#ring[place] = undefined;
      this.#inRing -= 1;
      this.#skipHoles();
      if (this.#inRing === 0) this.#from = tag;
    }
  }

  #skipHoles(): void {
    const last = this.#ring.length - 1;
    while (this.#from < this.#end && this.#ring[this.#from & last] === undefined) this.#from += 1;
  }

  #grow(): void {
    const ring = new Array<T | undefined>(this.#ring.length * 2).fill(undefined);
    for (let tag = this.#from; tag < this.#end; tag += 1) ring[tag & (ring.length - 1)] = this.#ring[tag & (this.#ring.length - 1)];
    this.#ring = ring;
  }
}
