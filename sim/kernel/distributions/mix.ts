import type { RandomStream } from '../random/random-stream.js';
import type { Sampler } from './sampler.js';
import { WeightedChoice } from './weighted-choice.js';

export interface Share {
  /** In proportion to the other weights. */
  readonly weight: number;
  readonly of: Sampler;
}

class Mix implements Sampler {
  readonly mean: number;
  private readonly shares: readonly Share[];
  private readonly choice: WeightedChoice;

  constructor(shares: readonly Share[]) {
    this.shares = shares;
    this.choice = new WeightedChoice(shares.map(({ weight }) => weight));
    const total = shares.reduce((sum, { weight }) => sum + weight, 0);
    this.mean = shares.reduce((sum, { weight, of }) => (weight === 0 ? sum : sum + (weight / total) * of.mean), 0);
  }

  sample(random: RandomStream): number {
    return (this.shares[this.choice.pick(random)] as Share).of.sample(random);
  }

  describe(format: (value: number) => string = String): string {
    return `mix(${this.shares.map(({ weight, of }) => `${weight}: ${of.describe(format)}`).join(', ')})`;
  }
}

/** One of several distributions each time, by weight: bimodal service times. Draws for the choice, and then as the chosen one does. */
export function mix(shares: readonly Share[]): Sampler {
  return new Mix([...shares]);
}
