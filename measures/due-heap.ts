import { grown } from './slot-table.js';

/** Pairs of a time and a slot, smallest time first, then smallest slot. A binary heap in typed arrays. */
export class DueHeap {
  #times = new Float64Array(64);
  #slots = new Int32Array(64);
  #size = 0;
  /** The smallest time, or Infinity when there is none. */
  nextMicros = Infinity;

  get size(): number {
    return this.#size;
  }

  push(timeMicros: number, slot: number): void {
    if (this.#size === this.#times.length) {
      this.#times = grown(this.#times, 2 * this.#size);
      this.#slots = grown(this.#slots, 2 * this.#size);
    }
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(timeMicros, slot, parent)) break;
      this.#copy(parent, at);
      at = parent;
    }
    this.#times[at] = timeMicros;
    this.#slots[at] = slot;
    this.nextMicros = this.#times[0]!;
  }

  /** Takes out the pair with the smallest time and returns its slot; the heap must not be empty. */
  pop(): number {
    const top = this.#slots[0]!;
    const size = --this.#size;
    const time = this.#times[size]!;
    const slot = this.#slots[size]!;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.#isBefore(this.#times[child + 1]!, this.#slots[child + 1]!, child)) child++;
      if (this.#isBefore(time, slot, child)) break;
      this.#copy(child, at);
      at = child;
    }
    this.#times[at] = time;
    this.#slots[at] = slot;
    this.nextMicros = size === 0 ? Infinity : this.#times[0]!;
    return top;
  }

  #isBefore(timeMicros: number, slot: number, at: number): boolean {
    const other = this.#times[at]!;
    return timeMicros < other || (timeMicros === other && slot < this.#slots[at]!);
  }

  #copy(from: number, to: number): void {
    this.#times[to] = this.#times[from]!;
    this.#slots[to] = this.#slots[from]!;
  }
}
