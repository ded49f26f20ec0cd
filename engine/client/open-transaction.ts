/**
 * What a channel in tx mode has published and not committed.
 *
 * | state ╲ what happens | a publish | nothing is left to publish, or it is full | commit-ok |
 * | --- | --- | --- | --- |
 * | open | open | committing, unless it is empty | – |
 * | committing | – (waits) | – | open, and empty |
 */
export class OpenTransaction {
  readonly #limit: number;
  #size = 0;
  #isCommitting = false;

  /** `limit`: publishes at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get takesMore(): boolean {
    return !this.#isCommitting && this.#size < this.#limit;
  }

  add(): void {
    this.#size += 1;
  }

  /** Whether there is something to commit, which is under way from now on. */
  begin(): boolean {
    if (this.#isCommitting || this.#size === 0) return false;
    this.#isCommitting = true;
    return true;
  }

  /** It is committed, or its channel is gone. */
  end(): void {
    this.#size = 0;
    this.#isCommitting = false;
  }
}
