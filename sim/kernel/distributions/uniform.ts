import { requireParameter } from '../errors.js';
import type { RandomStream } from '../random/random-stream.js';
import type { Sampler } from './sampler.js';

class Uniform implements Sampler {
  readonly mean: number;
  private readonly min: number;
  private readonly max: number;

  constructor(min: number, max: number) {
    this.min = min;
    this.max = max;
    this.mean = (min + max) / 2;
  }

  sample(random: RandomStream): number {
    return this.min + (this.max - this.min) * random.nextFloat();
  }

  describe(format: (value: number) => string = String): string {
    return `uniform(${format(this.min)}, ${format(this.max)})`;
  }
}

/** Every value from `min`, at least 0, to `max` alike. */
export function uniform({ min, max }: { readonly min: number; readonly max: number }): Sampler {
  requireParameter(min >= 0 && min < Infinity, 'min', min, 'a finite number of at least 0');
  requireParameter(max >= min && max < Infinity, 'max', max, `a finite number of at least min, ${min}`);
  return new Uniform(min, max);
}
