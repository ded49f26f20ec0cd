import { requireParameter } from '../errors.js';
import { ln } from '../maths/ln.js';
import type { RandomStream } from '../random/random-stream.js';
import type { Sampler } from './sampler.js';

/** A value of the exponential distribution with mean 1. */
export function standardExponential(random: RandomStream): number {
  return -ln(1 - random.nextFloat());
}

class Exponential implements Sampler {
  readonly mean: number;

  constructor(mean: number) {
    this.mean = mean;
  }

  sample(random: RandomStream): number {
    return this.mean * standardExponential(random);
  }

  describe(format: (value: number) => string = String): string {
    return `exponential(${format(this.mean)})`;
  }
}

/** The time until something happens that may happen at any moment alike: gaps between independent arrivals. */
export function exponential(mean: number): Sampler {
  requireParameter(mean > 0 && mean < Infinity, 'mean', mean, 'a finite number above 0');
  return new Exponential(mean);
}
