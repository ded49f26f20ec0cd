import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_POINTS, resample, withoutLevelPoints } from '../../../reports/charts/resample.js';

const seriesOf = (values: readonly number[]) => ({ stepMicros: 10, atMicros: values.map((_, index) => index * 10), values: { v: values } });
const options = { merge: 'mean', zeroIsMissing: false, endMicros: 1e9 } as const;

describe('resample', () => {
  it('keeps a short series, in the middle of its steps', () => {
    expect(resample(seriesOf([4, 6]), 'v', options)).toEqual({ atMicros: [5, 15], values: [4, 6], stepMicros: 10 });
  });

  it('ends the last step with the run', () => {
    expect(resample(seriesOf([4, 6]), 'v', { ...options, endMicros: 14 }).atMicros).toEqual([5, 12]);
  });

  it('merges by mean, median or maximum, and leaves gaps where nothing was measured', () => {
    const values = Array.from({ length: 3 * MAX_POINTS }, (_, index) => (index < 3 ? 0 : (index % 3) * 10));
    const merged = (merge: 'mean' | 'median' | 'max') => resample(seriesOf(values), 'v', { merge, zeroIsMissing: true, endMicros: 1e9 }).values.slice(0, 2);
    expect([merged('mean'), merged('median'), merged('max')]).toEqual([[null, 15], [null, 10], [null, 20]]);
  });

  it('never has more points than fit, and keeps the highest and the mean', () => {
    fc.assert(fc.property(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 700 }), (values) => {
      const highest = resample(seriesOf(values), 'v', { ...options, merge: 'max' }).values;
      expect(highest.length).toBeLessThanOrEqual(MAX_POINTS);
      expect(Math.max(...highest.map((value) => value ?? 0))).toBe(Math.max(...values));
      const means = resample(seriesOf(values), 'v', options);
      const width = means.stepMicros / 10;
      const total = means.values.reduce<number>((sum, value, index) => sum + (value ?? 0) * Math.min(width, values.length - index * width), 0);
      expect(total).toBeCloseTo(values.reduce((sum, value) => sum + value, 0), 6);
    }), { numRuns: 100 });
  });

  it('has no points of a series that is not there, and none that are no numbers', () => {
    expect(resample(seriesOf([]), 'v', options).values).toEqual([]);
    expect(resample(seriesOf([1]), 'other', options).values).toEqual([]);
    expect(resample(seriesOf([Number.NaN, Number.POSITIVE_INFINITY, 1]), 'v', options).values).toEqual([null, null, 1]);
  });
});

it('withoutLevelPoints drops only what lies on a level stretch', () => {
  const ys = [1, 1, 1, 2, null, null, null, 3, 3];
  expect(withoutLevelPoints(ys.map((y) => ({ y }))).map(({ y }) => y)).toEqual([1, 1, 2, null, null, 3, 3]);
});
