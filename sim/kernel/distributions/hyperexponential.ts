import { requireParameter } from '../errors.js';
import type { RandomStream } from '../random/random-stream.js';
import { standardExponential } from './exponential.js';
import type { Sampler } from './sampler.js';

class Hyperexponential implements Sampler {
  readonly mean: number;
  private readonly squaredVariation: number;
  /** Share of the shorter branch; each branch contributes half of the mean. */
  private readonly share: number;

  constructor(mean: number, squaredVariation: number) {
    this.mean = mean;
    this.squaredVariation = squaredVariation;
    this.share = 0.5 + 0.5 * Math.sqrt((squaredVariation - 1) / (squaredVariation + 1));
  }

  sample(random: RandomStream): number {
    const share = random.nextFloat() < this.share ? this.share : 1 - this.share;
    return (this.mean / (2 * share)) * standardExponential(random);
  }

  describe(format: (value: number) => string = String): string {
    return `hyperexponential(mean: ${format(this.mean)}, scv: ${this.squaredVariation})`;
  }
}

/**
 * Mostly short and sometimes long: two exponential branches with balanced means, chosen to have the given squared coefficient
 * of variation, from 1 (exponential) to a million.
 */
export function hyperexponential({ mean, squaredVariation }: { readonly mean: number; readonly squaredVariation: number }): Sampler {
  requireParameter(mean > 0 && mean < Infinity, 'mean', mean, 'a finite number above 0');
  requireParameter(squaredVariation >= 1 && squaredVariation <= 1e6, 'squaredVariation', squaredVariation, 'from 1 to 1000000');
  return new Hyperexponential(mean, squaredVariation);
}
