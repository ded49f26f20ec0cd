import type { RandomStream } from '../random/random-stream.js';

/** A distribution of non-negative real numbers, whose samples have the same bits on every JavaScript engine. */
export interface Sampler {
  /** One value. Takes the same number of draws each time, unless its class says otherwise. */
  sample(random: RandomStream): number;
  /** Expected value; Infinity where there is none. */
  readonly mean: number;
  /** How the distribution is written: `exponential(20)`. `format` writes its values, for instance with their unit. */
  describe(format?: (value: number) => string): string;
}

/** Longest duration that `sampleMicros` gives: a hundred years. */
export const MAX_DURATION_MICROS = 3_155_760_000_000_000;

/**
 * A sample as a duration in whole microseconds: the nearest one, upwards from half, at most a hundred years. Rounding to the nearest
 * keeps the mean of any distribution that is wide against a microsecond.
 */
export function sampleMicros(sampler: Sampler, random: RandomStream): number {
  const micros = Math.floor(sampler.sample(random) + 0.5);
  return micros < MAX_DURATION_MICROS ? micros : MAX_DURATION_MICROS;
}
