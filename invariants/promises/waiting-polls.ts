/** A poll that waits at the broker. */
export interface Poll {
  readonly atMicros: number;
  readonly max: number;
  readonly waitMicros: number;
}

/**
 * The polls of one consumer that wait at one queue. The history does not say which of them an end is of: a consumer that connects
 * again has polls of two sessions there, and the old ones end when the broker notices. So an end is taken for that of the poll which
 * it fits best, and of polls whose session ended it is only known how many there are.
 */
export class WaitingPolls {
  readonly #polls: Poll[] = [];
  /** So many of them have ended with their session. */
  #ended = 0;

  add(poll: Poll): void {
    this.#polls.push(poll);
  }

  /** One of them ended with its session. */
  endWithSession(): void {
    this.#ended++;
    this.#forget();
  }

  /** The longest waiting that asked for so many, or the longest waiting if none did; undefined when nobody waits. */
  takeAnswered(messages: number): Poll | undefined {
    return this.#take(Math.max(0, this.#polls.findIndex(({ max }) => max >= messages)));
  }

  /** The one that was to time out next to this time; undefined when nobody waits. */
  takeTimedOut(nowMicros: number): Poll | undefined {
    const offs = this.#polls.map(({ atMicros, waitMicros }) => Math.abs(atMicros + waitMicros - nowMicros));
    return this.#take(offs.indexOf(Math.min(...offs)));
  }

  #take(index: number): Poll | undefined {
    const [poll] = this.#polls.splice(index, 1);
    this.#forget();
    return poll;
  }

  /** When all that are left have ended, they are over. */
  #forget(): void {
    if (this.#ended < this.#polls.length) return;
    this.#polls.length = 0;
    this.#ended = 0;
  }
}
