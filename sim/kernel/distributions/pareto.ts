import { requireParameter } from '../errors.js';
import { exp } from '../maths/exp.js';
import type { RandomStream } from '../random/random-stream.js';
import { standardExponential } from './exponential.js';
import type { Sampler } from './sampler.js';

class Pareto implements Sampler {
  readonly mean: number;
  private readonly min: number;
  private readonly shape: number;

  constructor(min: number, shape: number) {
    this.min = min;
    this.shape = shape;
    this.mean = shape > 1 ? (shape * min) / (shape - 1) : Infinity;
  }

  sample(random: RandomStream): number {
    return this.min * exp(standardExponential(random) / this.shape);
  }

  describe(format: (value: number) => string = String): string {
    return `pareto(min: ${format(this.min)}, shape: ${this.shape})`;
  }
}

/**
 * A tail that falls like a power: the share of values above x is (min / x)^shape. With a shape of 1 or less it has no mean, of 2
 * or less no variance. The shape is at least 0.1, so that every sample is finite for any minimum up to 1e100.
 */
export function pareto({ min, shape }: { readonly min: number; readonly shape: number }): Sampler {
  requireParameter(min > 0 && min <= 1e100, 'min', min, 'above 0 and up to 1e100');
  requireParameter(shape >= 0.1 && shape < Infinity, 'shape', shape, 'a finite number of at least 0.1');
  return new Pareto(min, shape);
}
