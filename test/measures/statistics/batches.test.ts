import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Batches } from '../../../measures/statistics/batches.js';
import { coarseBucketOf, coarseHighest, COARSE_BUCKETS } from '../../../measures/statistics/coarse-buckets.js';

describe('coarse buckets', () => {
  it('hold every duration, are in order and at most 4 % wide', () => {
    fc.assert(fc.property(fc.nat({ max: 2 ** 46 - 1 }), (micros) => {
      const bucket = coarseBucketOf(micros);
      const lowest = bucket === 0 ? 0 : coarseHighest(bucket - 1) + 1;
      expect(bucket).toBeLessThan(COARSE_BUCKETS);
      expect(lowest).toBeLessThanOrEqual(micros);
      expect(coarseHighest(bucket)).toBeGreaterThanOrEqual(micros);
      expect(coarseHighest(bucket) - lowest).toBeLessThanOrEqual(micros * 0.04);
    }));
  });
});

describe('batches', () => {
  it('are those that cutting the whole list into equal parts gives', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 100_000 }), { maxLength: 1_000 }), (durations) => {
      const batches = new Batches();
      durations.forEach((micros, n) => batches.record(micros, 10 * n));
      expect(batches.count).toBe(Math.floor(durations.length / batches.size));
      expect(batches.count).toBeLessThan(64);
      for (let batch = 0; batch < batches.count; batch++) {
        const part = durations.slice(batch * batches.size, (batch + 1) * batches.size);
        expect(batches.meanOf(batch)).toBeCloseTo(part.reduce((sum, micros) => sum + micros, 0) / batches.size, 6);
        expect(batches.endMicros(batch)).toBe(10 * ((batch + 1) * batches.size - 1));
        const counts = new Uint32Array(COARSE_BUCKETS);
        for (const micros of part) counts[coarseBucketOf(micros)]!++;
        expect([...batches.bucketsOf(batch)]).toEqual([...counts]);
      }
    }), { numRuns: 40 });
  });
});
