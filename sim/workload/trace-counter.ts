/** Numbers the messages of a run: 1, 2, 3 … in the order of their sends, over all producers. */
export class TraceCounter {
  #last = 0;

  next(): number {
    this.#last += 1;
    return this.#last;
  }

  get last(): number {
    return this.#last;
  }
}
