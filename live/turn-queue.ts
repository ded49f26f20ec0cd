/**
 * Work done per turn of the event loop before others get theirs. A turn is also what counts as one instant: what arrives in it
 * goes to the disk together, and that the disk is done is heard between turns. Many at once share one sync; more than this
 * fall into groups of which one is synced while the next is worked on.
 */
const MAX_PER_TURN = 256;
/** Done entries are dropped when they are so many and half of all. */
const COMPACT_FROM = 1024;

/**
 * Calls back later, in the order of the requests, never inside the request: the rule that every host keeps. Disk completions
 * and messages of all nodes of one process share a queue, so that a burst costs few turns of the event loop and not one each.
 */
export class TurnQueue {
  readonly #callbacks: ((argument: never) => void)[] = [];
  readonly #arguments: unknown[] = [];
  #next = 0;
  #isScheduled = false;

  defer(callback: () => void): void {
    this.deferWith(callback, undefined);
  }

  /** Passes the argument on, so that a message costs no closure. */
  deferWith<T>(callback: (argument: T) => void, argument: T): void {
    this.#callbacks.push(callback);
    this.#arguments.push(argument);
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#drain);
  }

  readonly #drain = (): void => {
    const end = Math.min(this.#callbacks.length, this.#next + MAX_PER_TURN);
    try {
      while (this.#next < end) {
        const at = this.#next;
        this.#next += 1;
        (this.#callbacks[at] as (argument: unknown) => void)(this.#arguments[at]);
      }
    } finally {
      // Also after a callback threw: the others still get their turn.
      this.#forgetDone();
      this.#isScheduled = this.#callbacks.length > this.#next;
      if (this.#isScheduled) setImmediate(this.#drain);
    }
  };

  #forgetDone(): void {
    const done = this.#next;
    if (done < this.#callbacks.length && !(done >= COMPACT_FROM && done * 2 >= this.#callbacks.length)) return;
    this.#callbacks.splice(0, done);
    this.#arguments.splice(0, done);
    this.#next = 0;
  }
}
