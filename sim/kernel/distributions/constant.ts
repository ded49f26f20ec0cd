import { requireParameter } from '../errors.js';
import type { Sampler } from './sampler.js';

class Constant implements Sampler {
  readonly mean: number;

  constructor(value: number) {
    this.mean = value;
  }

  sample(): number {
    return this.mean;
  }

  describe(format: (value: number) => string = String): string {
    return `constant(${format(this.mean)})`;
  }
}

/** Always the same value, at least 0. Draws nothing. */
export function constant(value: number): Sampler {
  requireParameter(value >= 0 && value < Infinity, 'value', value, 'a finite number of at least 0');
  return new Constant(value);
}
