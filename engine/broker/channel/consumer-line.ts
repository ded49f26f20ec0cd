/** Consumers who take turns: a ring, so that whose turn is over goes to the end of the line without the others moving up. */
export class ConsumerLine<C> {
  readonly #ring: C[] = [];
  /** Who is first in line. */
  #first = 0;

  get size(): number {
    return this.#ring.length;
  }

  /** There is one. */
  get first(): C {
    return this.#ring[this.#first]!;
  }

  /** The first has had his turn. */
  turn(): void {
    this.#first = this.#first + 1 < this.#ring.length ? this.#first + 1 : 0;
  }

  /** To the end of the line. */
  add(consumer: C): void {
    this.#ring.splice(this.#first, 0, consumer);
    if (this.#ring.length > 1) this.turn();
  }

  /** Nothing happens when it is not there. */
  remove(consumer: C): void {
    const at = this.#ring.indexOf(consumer);
    if (at < 0) return;
    this.#ring.splice(at, 1);
    if (at < this.#first) this.#first--;
    if (this.#first === this.#ring.length) this.#first = 0;
  }

  /** Removes those who have to go, and returns them in the order of the line. */
  takeOut(goes: (consumer: C) => boolean): readonly C[] {
    if (!this.#ring.some(goes)) return NOBODY;
    const inOrder = [...this.#ring.slice(this.#first), ...this.#ring.slice(0, this.#first)];
    const out = inOrder.filter(goes);
    for (const consumer of out) this.remove(consumer);
    return out;
  }
}

const NOBODY: readonly never[] = [];
