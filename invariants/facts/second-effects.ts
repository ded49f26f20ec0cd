/** Those of so many messages are kept: more breaches than that nobody reads. */
const MAX_KEPT = 4_096;

/** When messages had their effect for the second time: of the first so many, in the order of time. */
export class SecondEffects {
  readonly #atMicros = new Map<number, number>();

  note(message: number, nowMicros: number): void {
    if (this.#atMicros.size < MAX_KEPT && !this.#atMicros.has(message)) this.#atMicros.set(message, nowMicros);
  }

  /** Null: it had no second one, or others had theirs long before. */
  of(message: number): number | null {
    return this.#atMicros.get(message) ?? null;
  }

  forEach(visit: (message: number, atMicros: number) => void): void {
    for (const [message, atMicros] of this.#atMicros) visit(message, atMicros);
  }
}
