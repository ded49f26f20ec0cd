import { requireParameter } from '../errors.js';
import { exp } from '../maths/exp.js';
import { ln } from '../maths/ln.js';
import { normalQuantile } from '../maths/normal-quantile.js';
import type { RandomStream } from '../random/random-stream.js';
import type { Sampler } from './sampler.js';
import { drawInside } from './uniform-draw.js';

class Lognormal implements Sampler {
  readonly mean: number;
  private readonly p50: number;
  private readonly p99: number;
  private readonly sigma: number;

  constructor(p50: number, p99: number) {
    this.p50 = p50;
    this.p99 = p99;
    this.sigma = ln(p99 / p50) / normalQuantile(0.99);
    this.mean = p50 * exp((this.sigma * this.sigma) / 2);
  }

  sample(random: RandomStream): number {
    return this.p50 * exp(this.sigma * normalQuantile(drawInside(random)));
  }

  describe(format: (value: number) => string = String): string {
    return `lognormal(p50: ${format(this.p50)}, p99: ${format(this.p99)})`;
  }
}

/** What latencies and sizes often look like; told by its median and its 99th percentile, at least the median. */
export function lognormal({ p50, p99 }: { readonly p50: number; readonly p99: number }): Sampler {
  requireParameter(p50 > 0 && p50 < Infinity, 'p50', p50, 'a finite number above 0');
  requireParameter(p99 >= p50 && p99 < Infinity, 'p99', p99, `a finite number of at least p50, ${p50}`);
  return new Lognormal(p50, p99);
}
