/** "No slot": the end of a list. */
export const NONE = -1;

/**
 * Columns that string message slots together: one slot is in at most one list or order of a `Links` at a time. `key` is what
 * an order sorts by; `place` is private to the structure that holds the slot.
 */
export class Links {
  next: Int32Array;
  prev: Int32Array;
  place: Int32Array;
  key: Float64Array;

  constructor(capacity: number) {
    this.next = new Int32Array(capacity);
    this.prev = new Int32Array(capacity);
    this.place = new Int32Array(capacity);
    this.key = new Float64Array(capacity);
  }

  grow(capacity: number): void {
    this.next = grownInt32(this.next, capacity);
    this.prev = grownInt32(this.prev, capacity);
    this.place = grownInt32(this.place, capacity);
    this.key = grownFloat64(this.key, capacity);
  }
}

export function grownInt32(old: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity);
  grown.set(old);
  return grown;
}

export function grownFloat64(old: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(capacity);
  grown.set(old);
  return grown;
}
