import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCounts, HistogramError, LatencyHistogram, latencyResult, mergeLatencies } from '../../measures/index.js';

const histogram = (values: readonly number[]): LatencyHistogram => {
  const made = new LatencyHistogram();
  for (const value of values) made.record(value);
  return made;
};
const durations = fc.array(fc.oneof(fc.nat({ max: 5_000 }), fc.nat({ max: 2 ** 45 })), { maxLength: 200 });

describe('merging latencies', () => {
  it('gives what one histogram of all durations has', () => {
    fc.assert(fc.property(fc.array(durations, { maxLength: 4 }), (runs) => {
      expect(mergeLatencies(runs.map((run) => latencyResult(histogram(run))))).toEqual(latencyResult(histogram(runs.flat())));
    }), { numRuns: 40 });
  });

  it('reads back what was written', () => {
    fc.assert(fc.property(durations, (values) => {
      const made = histogram(values);
      const read = decodeCounts(latencyResult(made).histogram);
      expect([...read].reduce((sum, count) => sum + count, 0)).toBe(values.length);
      if (values.length > 0) expect([...read]).toEqual([...made.bucketCounts()]);
    }), { numRuns: 40 });
  });

  it('refuses what was changed or cut off', () => {
    const { histogram: text } = latencyResult(histogram([1, 2, 3_000]));
    for (const wrong of ['', text.slice(0, 20), `!${text.slice(1)}`, text.slice(4)]) expect(() => decodeCounts(wrong), wrong).toThrow(HistogramError);
  });
});
