/**
 * Work done per turn of the event loop before others get theirs. A turn is also what counts as one instant: what arrives in it
 * goes to the disk together. Many at once share one sync; more than this fall into groups of which one is synced while the
 * next is worked on.
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
  /** What does not wait behind the messages. */
  #urgent: (() => void)[] = [];
  #next = 0;
  #isScheduled = false;

  defer(callback: () => void): void {
    this.deferWith(callback, undefined);
  }

  /** Passes the argument on, so that a message costs no closure. */
  deferWith<T>(callback: (argument: T) => void, argument: T): void {
    this.#callbacks.push(callback);
    this.#arguments.push(argument);
    this.#schedule();
  }

  /**
   * Before all that was deferred otherwise: that the disk is done must not wait behind a burst of messages, or the disk would
   * idle meanwhile.
   */
  deferFirst(callback: () => void): void {
    this.#urgent.push(callback);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(this.#drain);
  }

  readonly #drain = (): void => {
    const end = Math.min(this.#callbacks.length, this.#next + MAX_PER_TURN);
    try {
      this.#drainUrgent();
      while (this.#next < end) {
        const at = this.#next;
        this.#next += 1;
        (this.#callbacks[at] as (argument: unknown) => void)(this.#arguments[at]);
        this.#drainUrgent();
      }
    } finally {
      // Also after a callback threw: the others still get their turn.
      this.#forgetDone();
      this.#isScheduled = this.#callbacks.length > this.#next || this.#urgent.length > 0;
      if (this.#isScheduled) setImmediate(this.#drain);
    }
  };

  /** What these defer first waits for the next call: a chain of them does not keep the messages out. */
  #drainUrgent(): void {
    if (this.#urgent.length === 0) return;
    const urgent = this.#urgent;
    this.#urgent = [];
    let at = 0;
    try {
      while (at < urgent.length) urgent[at++]!();
    } finally {
      // Also after one threw: the others still come, and before what they defer.
      if (at < urgent.length) this.#urgent.unshift(...urgent.slice(at));
    }
  }

  #forgetDone(): void {
    const done = this.#next;
    if (done < this.#callbacks.length && !(done >= COMPACT_FROM && done * 2 >= this.#callbacks.length)) return;
    this.#callbacks.splice(0, done);
    this.#arguments.splice(0, done);
    this.#next = 0;
  }
}
