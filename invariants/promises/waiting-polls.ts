/** A poll that waits at the broker. */
export interface Poll {
  readonly atMicros: number;
  readonly max: number;
  readonly waitMicros: number;
}

/** When a poll may end empty. */
export interface PollTerms {
  /** By how much it ends before it may; 0 or less when it does not. */
  earlyBy(poll: Poll, nowMicros: number): number;
  /** By how much it ends after it must; 0 or less when it does not. */
  lateBy(poll: Poll, nowMicros: number): number;
  /** Whether something kept the broker from its timers since the poll began. */
  isExcused(poll: Poll): boolean;
}

/**
 * The polls of one consumer that wait at one queue and hear the same of it: all, or not all. The history does not say which of them an end is of,
 * and this class finds out as well as can be:
 *
 * - Of polls whose session ended it is only known how many there are: a consumer that connects again has polls of two sessions at the broker,
 *   and the old ones end when it notices.
 * - Those that hear of everything are answered first come, first served. Of others anyone can be, and all that is known is that one of them was.
 * - Of those to which an end fits that poll timed out whose time comes first: if any choice makes all ends right, this one does.
 */
export class WaitingPolls {
  readonly #polls: Poll[] = [];
  readonly #hearsAll: boolean;
  readonly #terms: PollTerms;
  /** So many of them have ended, with their session or answered. */
  #ended = 0;

  constructor(hearsAll: boolean, terms: PollTerms) {
    this.#hearsAll = hearsAll;
    this.#terms = terms;
  }

  add(poll: Poll): void {
    this.#forgetOver(poll.atMicros);
    this.#polls.push(poll);
  }

  /** One of them ended with its session. */
  endWithSession(): void {
    this.#endOne();
  }

  /** The longest waiting that asked for so many, or the longest waiting if none did; undefined when nobody waits. */
  takeAnswered(messages: number): Poll | undefined {
    const index = Math.max(0, this.#polls.findIndex(({ max }) => max >= messages));
    if (this.#hearsAll || this.#polls.length === 1) return this.#take(index);
    const poll = this.#polls[index];
    this.#endOne();
    return poll;
  }

  /** The one that was to time out first of those that may now, or else next to now; undefined when nobody waits. */
  takeTimedOut(nowMicros: number): Poll | undefined {
    const misfits = this.#polls.map((poll) => this.#misfit(poll, nowMicros));
    const least = Math.min(...misfits);
    const ends = this.#polls.map(({ atMicros, waitMicros }, index) => (misfits[index] === least ? atMicros + waitMicros : Infinity));
    return this.#take(ends.indexOf(Math.min(...ends)));
  }

  /** By how much this is not the time at which it may end empty. */
  #misfit(poll: Poll, nowMicros: number): number {
    const late = this.#terms.isExcused(poll) ? 0 : this.#terms.lateBy(poll, nowMicros);
    return Math.max(0, this.#terms.earlyBy(poll, nowMicros), late);
  }

  #take(index: number): Poll | undefined {
    const [poll] = this.#polls.splice(index, 1);
    this.#forget();
    return poll;
  }

  #endOne(): void {
    this.#ended++;
    this.#forget();
  }

  /** Those that would have timed out long ago are among those that ended. */
  #forgetOver(nowMicros: number): void {
    while (this.#ended > 0) {
      const index = this.#polls.findIndex((poll) => !this.#terms.isExcused(poll) && this.#terms.lateBy(poll, nowMicros) > 0);
      if (index < 0) return;
      this.#ended--;
      this.#take(index);
    }
  }

  /** When all that are left have ended, they are over. */
  #forget(): void {
    if (this.#ended < this.#polls.length) return;
    this.#polls.length = 0;
    this.#ended = 0;
  }
}
