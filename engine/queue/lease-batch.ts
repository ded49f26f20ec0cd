import type { MessageStore } from './message-store.js';

/** The leases that one receive took, each with the serial and the count that it had then; used again and again. */
export class LeaseBatch {
  readonly slots: Int32Array;
  readonly serials: Float64Array;
  readonly counts: Int32Array;
  length = 0;

  constructor(capacity: number) {
    this.slots = new Int32Array(capacity);
    this.serials = new Float64Array(capacity);
    this.counts = new Int32Array(capacity);
  }

  clear(): void {
    this.length = 0;
  }

  add(slot: number, { serial, count }: MessageStore): void {
    this.slots[this.length] = slot;
    this.serials[this.length] = serial[slot] as number;
    this.counts[this.length] = count[slot] as number;
    this.length++;
  }
}
