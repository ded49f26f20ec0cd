/** The slots that one receive leased; used again and again. */
export class LeaseBatch {
  readonly slots: Int32Array;
  length = 0;

  constructor(capacity: number) {
    this.slots = new Int32Array(capacity);
  }

  clear(): void {
    this.length = 0;
  }

  add(slot: number): void {
    this.slots[this.length++] = slot;
  }
}
