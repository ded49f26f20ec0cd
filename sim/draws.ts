import type { DistributionSpec } from './distribution-spec.js';
import {
  constant, exponential, lognormal, pareto, type RandomStream, sampleMicros, type Sampler, trace, uniform,
} from './kernel/index.js';

/** Values of one distribution, drawn from one stream. */
export class Draws {
  readonly #sampler: Sampler;
  readonly #random: RandomStream;

  constructor(spec: DistributionSpec, random: RandomStream) {
    this.#sampler = samplerOf(spec);
    this.#random = random;
  }

  /** The next value, a real number of at least 0. */
  next(): number {
    return this.#sampler.sample(this.#random);
  }

  /** The next value as a whole number: of microseconds, or of bytes. */
  nextInteger(): number {
    return sampleMicros(this.#sampler, this.#random);
  }
}

function samplerOf(spec: DistributionSpec): Sampler {
  switch (spec.kind) {
    case 'constant':
      return constant(spec.value);
    case 'uniform':
      return uniform(spec);
    case 'exponential':
      return exponential(spec.mean);
    case 'lognormal':
      return lognormal(spec);
    case 'pareto':
      return pareto(spec);
    case 'trace':
      return trace(spec.values);
  }
}
