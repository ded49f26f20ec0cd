import { requireParameter } from '../errors.js';
import type { Sampler } from './sampler.js';

class Trace implements Sampler {
  readonly mean: number;
  private readonly values: Float64Array;
  private next = 0;

  constructor(values: Float64Array) {
    this.values = values;
    this.mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  }

  sample(): number {
    const value = this.values[this.next] as number;
    this.next = this.next + 1 === this.values.length ? 0 : this.next + 1;
    return value;
  }

  describe(): string {
    return `trace(${this.values.length} values)`;
  }
}

/** Measured values, each at least 0, in their order and from the start again. Draws nothing; each user needs a trace of its own. */
export function trace(values: ArrayLike<number>): Sampler {
  requireParameter(values.length >= 1, 'number of values', values.length, 'at least 1');
  const copy = Float64Array.from(values);
  copy.forEach((value, index) => requireParameter(value >= 0 && value < Infinity, `value ${index}`, value, 'a finite number of at least 0'));
  return new Trace(copy);
}
