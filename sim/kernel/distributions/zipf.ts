import { requireParameter } from '../errors.js';
import { pow } from '../maths/pow.js';
import type { RandomStream } from '../random/random-stream.js';
import type { Sampler } from './sampler.js';
import { WeightedChoice } from './weighted-choice.js';

const MAX_COUNT = 1 << 22;

class Zipf implements Sampler {
  readonly mean: number;
  private readonly count: number;
  private readonly exponent: number;
  private readonly choice: WeightedChoice;

  constructor(count: number, exponent: number) {
    this.count = count;
    this.exponent = exponent;
    const weights = Float64Array.from({ length: count }, (_, index) => pow(index + 1, -exponent));
    this.choice = new WeightedChoice(weights);
    this.mean = weights.reduce((sum, weight, index) => sum + weight * (index + 1), 0) / weights.reduce((sum, weight) => sum + weight, 0);
  }

  sample(random: RandomStream): number {
    return 1 + this.choice.pick(random);
  }

  describe(): string {
    return `zipf(${this.count}, ${this.exponent})`;
  }
}

/**
 * The rank of a popular thing, from 1 to `count`: rank k comes in proportion to 1 / k^exponent. For keys of which a few are hot.
 * `count` is up to 2^22, `exponent` from 0 (all alike) to 10.
 */
export function zipf({ count, exponent }: { readonly count: number; readonly exponent: number }): Sampler {
  requireParameter(Number.isInteger(count) && count >= 1 && count <= MAX_COUNT, 'count', count, `an integer from 1 to ${MAX_COUNT}`);
  requireParameter(exponent >= 0 && exponent <= 10, 'exponent', exponent, 'from 0 to 10');
  return new Zipf(count, exponent);
}
