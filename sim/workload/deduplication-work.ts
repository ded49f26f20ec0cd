/** What a store did to have each effect once: the price of what exactly-once means to whoever handles messages. */
export interface DeduplicationCost {
  /** Ids that were looked up, and those that were found: their effects were not repeated. */
  readonly lookups: number;
  readonly found: number;
  /** Ids that are remembered at the end. */
  readonly remembered: number;
  /** Time that looking up and noting took. */
  readonly busyMicros: number;
}

/** Counts it. */
export class DeduplicationWork {
  #lookups = 0;
  #found = 0;
  #forgotten = 0;
  #busyMicros = 0;

  /** An id was looked up, and noted when it was new. */
  count(isNew: boolean, busyMicros: number): void {
    this.#lookups++;
    if (!isNew) this.#found++;
    this.#busyMicros += busyMicros;
  }

  /** An id that was counted as new is not remembered: it made room for another, or the process died before it was noted. */
  forget(): void {
    this.#forgotten++;
  }

  get cost(): DeduplicationCost {
    return { lookups: this.#lookups, found: this.#found, remembered: this.#lookups - this.#found - this.#forgotten, busyMicros: this.#busyMicros };
  }
}
