import { expect, it } from 'vitest';
import { meanUnderLoad } from '../../measures/index.js';

const series = { stepMicros: 1_000, atMicros: [0, 1_000, 2_000, 3_000], values: { throughput: [10, 20, 0, 100] } };

it.each([[2_000, 15], [2_999, 15], [3_000, 10], [4_000, 32.5], [999, null]])('a rate under load is the mean of the steps that were over when the drain began at %s µs', (drainBegan, mean) => {
  expect(meanUnderLoad(series, 'throughput', drainBegan)).toBe(mean);
});

it('a rate of which there is no series is not known', () => {
  expect(meanUnderLoad(series, 'offered', 2_000)).toBeNull();
});
