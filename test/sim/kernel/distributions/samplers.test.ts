import { describe, expect, it } from 'vitest';
import {
  constant, erlang, exponential, hyperexponential, lognormal, MAX_DURATION_MICROS, mix, pareto, RandomStream, type Sampler,
  sampleMicros, trace, uniform, zipf,
} from '../../../../sim/kernel/index.js';
import { bitsOf, digest } from '../maths/units-in-the-last-place.js';

interface Case {
  readonly sampler: () => Sampler;
  readonly mean: number;
  readonly variance: number;
  /** What the share below the values must be. */
  readonly shares: readonly (readonly [value: number, share: number])[];
}

const zipfTotal = 1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5;
/** Expected values, each from the distribution's textbook formula. */
const cases: Readonly<Record<string, Case>> = {
  'constant(12)': { sampler: () => constant(12), mean: 12, variance: 0, shares: [[11.9, 0], [12.1, 1]] },
  'uniform(10, 30)': { sampler: () => uniform({ min: 10, max: 30 }), mean: 20, variance: 400 / 12, shares: [[15, 0.25], [30, 1]] },
  'exponential(50)': {
    sampler: () => exponential(50), mean: 50, variance: 2_500, shares: [[50 * Math.LN2, 0.5], [50 * Math.log(100), 0.99]],
  },
  'erlang(stages: 4, mean: 20)': {
    // P(sum of four stages of mean 5 < 20) = 1 - e^-4 (1 + 4 + 8 + 64/6).
    sampler: () => erlang({ stages: 4, mean: 20 }), mean: 20, variance: 100, shares: [[20, 1 - Math.exp(-4) * (13 + 64 / 6)]],
  },
  'hyperexponential(mean: 10, scv: 4)': {
    sampler: () => hyperexponential({ mean: 10, squaredVariation: 4 }), mean: 10, variance: 400, shares: [],
  },
  'lognormal(p50: 20, p99: 200)': {
    sampler: () => lognormal({ p50: 20, p99: 200 }),
    mean: 20 * Math.exp((Math.LN10 / 2.3263478740408408) ** 2 / 2),
    variance: 400 * Math.exp((Math.LN10 / 2.3263478740408408) ** 2) * (Math.exp((Math.LN10 / 2.3263478740408408) ** 2) - 1),
    shares: [[20, 0.5], [200, 0.99]],
  },
  'pareto(min: 3, shape: 4)': {
    sampler: () => pareto({ min: 3, shape: 4 }), mean: 4, variance: 2, shares: [[3, 0], [6, 1 - 1 / 16]],
  },
  'mix(9: constant(20), 1: uniform(100, 200))': {
    sampler: () => mix([{ weight: 9, of: constant(20) }, { weight: 1, of: uniform({ min: 100, max: 200 }) }]),
    mean: 33, variance: 0.9 * 400 + 0.1 * (10_000 / 12 + 22_500) - 33 ** 2, shares: [[50, 0.9], [150, 0.95]],
  },
  'trace(4 values)': { sampler: () => trace([1, 2, 3, 10]), mean: 4, variance: 12.5, shares: [[2.5, 0.5]] },
  'zipf(5, 1)': {
    sampler: () => zipf({ count: 5, exponent: 1 }), mean: 5 / zipfTotal, variance: 15 / zipfTotal - (5 / zipfTotal) ** 2,
    shares: [[1.5, 1 / zipfTotal], [4.5, 1 - 0.2 / zipfTotal]],
  },
};
const COUNT = 100_000;

describe.each(Object.entries(cases))('%s', (text, { sampler: create, mean, variance, shares }) => {
  it('says what it is and what it expects', () => {
    expect(create().describe()).toBe(text);
    expect(create().mean).toBeCloseTo(mean, 9);
  });

  it('has the mean, the variance and the quantiles of its formula', () => {
    const sampler = create();
    const random = new RandomStream('moments');
    const values = Array.from({ length: COUNT }, () => sampler.sample(random));
    const sampleMean = values.reduce((sum, value) => sum + value, 0) / COUNT;
    const sampleVariance = values.reduce((sum, value) => sum + (value - sampleMean) ** 2, 0) / COUNT;
    expect(Math.abs(sampleMean - mean)).toBeLessThanOrEqual(4 * Math.sqrt(variance / COUNT) + 1e-9);
    expect(Math.abs(sampleVariance - variance)).toBeLessThanOrEqual(0.2 * variance);
    for (const [value, share] of shares) {
      const seen = values.filter((sample) => sample < value).length / COUNT;
      expect(Math.abs(seen - share), `share below ${value}`).toBeLessThanOrEqual(4 * Math.sqrt((share * (1 - share)) / COUNT));
    }
  });

  it('has these bits on every engine', () => {
    const sampler = create();
    const random = new RandomStream('golden');
    expect(Array.from({ length: 4 }, () => bitsOf(sampler.sample(random))).join(' ')).toMatchSnapshot();
    expect(digest(Array.from({ length: 1_000 }, () => sampler.sample(random)))).toMatchSnapshot();
  });
});

describe('as durations', () => {
  it('are whole microseconds, the nearest, upwards from half', () => {
    const random = new RandomStream('durations');
    expect([0, 0.4, 0.5, 1.5, 2.49].map((value) => sampleMicros(constant(value), random))).toEqual([0, 0, 1, 2, 2]);
  });

  it('end at a hundred years', () => {
    const random = new RandomStream('endless');
    const endless = pareto({ min: 1e12, shape: 0.1 });
    const durations = Array.from({ length: 1_000 }, () => sampleMicros(endless, random));
    expect(Math.max(...durations)).toBe(MAX_DURATION_MICROS);
    expect(durations.every((micros) => Number.isSafeInteger(micros) && micros >= 0)).toBe(true);
  });

  it('keep the mean', () => {
    const random = new RandomStream('rounded');
    const sampler = exponential(3);
    let sum = 0;
    for (let n = 0; n < COUNT; n++) sum += sampleMicros(sampler, random);
    expect(Math.abs(sum / COUNT - 3)).toBeLessThan(4 * 3 / Math.sqrt(COUNT));
  });
});

describe('parameters', () => {
  const refused: Readonly<Record<string, () => Sampler>> = {
    'a negative constant': () => constant(-1),
    'an endless constant': () => constant(Infinity),
    'a uniform from high to low': () => uniform({ min: 2, max: 1 }),
    'a mean of zero': () => exponential(0),
    'a mean that is no number': () => exponential(NaN),
    'half a stage': () => erlang({ stages: 0.5, mean: 1 }),
    'less variation than exponential': () => hyperexponential({ mean: 1, squaredVariation: 0.9 }),
    'a p99 below the median': () => lognormal({ p50: 2, p99: 1 }),
    'a shape of zero': () => pareto({ min: 1, shape: 0 }),
    'an empty mix': () => mix([]),
    'weights that are all zero': () => mix([{ weight: 0, of: constant(1) }]),
    'an empty trace': () => trace([]),
    'a negative value in a trace': () => trace([1, -1]),
    'no ranks': () => zipf({ count: 0, exponent: 1 }),
    'a negative exponent': () => zipf({ count: 5, exponent: -1 }),
  };

  it.each(Object.entries(refused))('refuse %s', (_, create) => {
    expect(create).toThrow(expect.objectContaining({ code: 'QL_SIM_BAD_PARAMETER' }));
  });

  it('write values as they are asked to', () => {
    const seconds = (value: number): string => `${value / 1e6}s`;
    expect(mix([{ weight: 1, of: exponential(2e6) }]).describe(seconds)).toBe('mix(1: exponential(2s))');
  });

  it('know when there is no mean', () => {
    expect(pareto({ min: 1, shape: 1 }).mean).toBe(Infinity);
  });
});
