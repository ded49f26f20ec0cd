/**
 * One life of a node in this process. After `end()` nothing that was started in it calls back any more, which is what the
 * death of a real process does to its timers, files and sockets.
 */
export class Incarnation {
  #isAlive = true;
  readonly #onEnd: (() => void)[] = [];

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Runs `release` when the incarnation ends: to close a file, to reset a connection. */
  whenEnded(release: () => void): void {
    this.#onEnd.push(release);
  }

  end(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    for (const release of this.#onEnd) release();
    this.#onEnd.length = 0;
  }
}
