/**
 * One life of a node in this process. After `end()` nothing that was started in it calls back any more, which is what the
 * death of a real process does to its timers, files and sockets.
 */
export class Incarnation {
  #isAlive = true;
  readonly #releases = new Set<() => void>();

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Runs `release` when the incarnation ends: to close a file, to reset a connection. Call what is returned when there is nothing left to release. */
  whenEnded(release: () => void): () => void {
    this.#releases.add(release);
    return () => this.#releases.delete(release);
  }

  /** Releases everything, also what comes after a release that threw; the first error is thrown at the end. */
  end(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    const errors: unknown[] = [];
    for (const release of this.#releases) {
      try {
        release();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#releases.clear();
    if (errors.length > 0) throw errors[0];
  }
}
