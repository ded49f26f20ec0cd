/** As large as one fault may be. */
const MAX_FACTOR = 1_000_000;

/** Names one factor in force; two faults with the same factor are two. */
export interface FactorHold {
  readonly factor: number;
}

/**
 * The product of all factors in force. Faults overlap and end in any order, so the product is computed anew from those
 * that are left, never divided: without any it is exactly 1.
 */
export class ActiveFactors {
  /** The product; 1 when none is in force. */
  product = 1;
  readonly #holds: FactorHold[] = [];
  readonly #ceiling: number;
  /** Told when the product has changed, by how many times. */
  onChange: ((ratio: number) => void) | null = null;

  /** @param ceiling what several at once reach at most, unless one alone is larger */
  constructor(ceiling = MAX_FACTOR) {
    this.#ceiling = ceiling;
  }

  add(factor: number): FactorHold {
    const hold = { factor };
    this.#holds.push(hold);
    this.#multiply();
    return hold;
  }

  remove(hold: FactorHold): void {
    const index = this.#holds.indexOf(hold);
    if (index < 0) return;
    this.#holds.splice(index, 1);
    this.#multiply();
  }

  #multiply(): void {
    const before = this.product;
    const product = this.#holds.reduce((so, { factor }) => so * factor, 1);
    this.product = product <= this.#ceiling ? product : this.#holds.reduce((most, { factor }) => Math.max(most, factor), this.#ceiling);
    if (this.product !== before) this.onChange?.(this.product / before);
  }
}
