import { exp, ln, type RandomStream } from '../../../sim/index.js';

/**
 * Draws of a fuzzer. An amount is heavy-tailed (uniform in its logarithm, so that every order of magnitude is as likely as any
 * other) or, for comparison, uniform.
 */
export class Dice {
  readonly #stream: RandomStream;
  readonly #isHeavyTailed: boolean;

  constructor(stream: RandomStream, { heavyTails }: { readonly heavyTails: boolean }) {
    this.#stream = stream;
    this.#isHeavyTailed = heavyTails;
  }

  chance(probability: number): boolean {
    return this.#stream.nextFloat() < probability;
  }

  /** A whole number, both bounds included, each as likely as any other. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#stream.nextFloat() * (most - least + 1));
  }

  /** An amount of something: a whole number, both bounds included. */
  amount(least: number, most: number): number {
    if (most <= least) return least;
    return this.#isHeavyTailed ? Math.min(most, Math.round(this.#spread(least, most))) : this.whole(least, most);
  }

  /** A part of something, to three digits: nobody wants to read more in a file. */
  share(least: number, most: number): number {
    if (most <= least) return least;
    const drawn = this.#isHeavyTailed ? this.#spread(least, most) : least + this.#stream.nextFloat() * (most - least);
    return Math.min(most, Math.max(least, Number(drawn.toPrecision(3))));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)]!;
  }

  /** Each element with probability ½, at least one. */
  some<T>(list: readonly T[]): T[] {
    const some = list.filter(() => this.chance(0.5));
    return some.length > 0 ? some : [this.pick(list)];
  }

  shuffled<T>(list: readonly T[]): T[] {
    const shuffled = [...list];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.whole(0, last);
      [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
    }
    return shuffled;
  }

  /** Nothing has a logarithm of zero: zero itself is drawn with the probability that one order of magnitude has. */
  #spread(least: number, most: number): number {
    if (least > 0) return least * exp(this.#stream.nextFloat() * ln(most / least));
    const floor = Math.min(1, most / 1000);
    const orders = ln(most / floor) / ln(10);
    return this.chance(1 / (1 + orders)) ? 0 : this.#spread(floor, most);
  }
}
