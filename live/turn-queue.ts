/** Work done per turn of the event loop before others get theirs. */
const MAX_PER_TURN = 4096;

/**
 * Calls back later, in the order of the requests, never inside the request: the rule that every host keeps. Disk completions
 * and messages of all nodes of one process share a queue, so that a burst costs one turn of the event loop and not one each.
 */
export class TurnQueue {
  #callbacks: (() => void)[] = [];
  #next = 0;
  #isScheduled = false;

  defer(callback: () => void): void {
    this.#callbacks.push(callback);
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(this.#drain);
    }
  }

  readonly #drain = (): void => {
    const end = Math.min(this.#callbacks.length, this.#next + MAX_PER_TURN);
    try {
      while (this.#next < end) {
        const callback = this.#callbacks[this.#next] as () => void;
        this.#next += 1;
        callback();
      }
    } finally {
      // Also after a callback threw: the others still get their turn.
      this.#forgetDone();
      this.#isScheduled = this.#callbacks.length > 0;
      if (this.#isScheduled) setImmediate(this.#drain);
    }
  };

  #forgetDone(): void {
    if (this.#next === this.#callbacks.length) this.#callbacks.length = 0;
    else this.#callbacks = this.#callbacks.slice(this.#next);
    this.#next = 0;
  }
}
