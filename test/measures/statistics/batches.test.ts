import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyHistogram, LatencyRecorder } from '../../../measures/index.js';
import { coarseBucketOf, coarseHighest, coarseOfFine, COARSE_BUCKETS, firstFine } from '../../../measures/statistics/coarse-buckets.js';

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

describe('coarse and fine buckets', () => {
  it('fit into each other', () => {
    fc.assert(fc.property(fc.nat({ max: 2 ** 46 - 1 }), (micros) => {
      const fine = new LatencyHistogram().record(micros);
      const coarse = coarseBucketOf(micros);
      expect(coarseOfFine(fine)).toBe(coarse);
      expect(firstFine(coarse)).toBeLessThanOrEqual(fine);
      expect(firstFine(coarse + 1)).toBeGreaterThan(fine);
    }));
  });
});

describe('batches', () => {
  it('are those that cutting the whole list into equal parts gives', () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 100_000 }), { maxLength: 1_000 }), (durations) => {
      const clock = { endMicros: 0 };
      const recorder = new LatencyRecorder(clock);
      const { batches } = recorder;
      durations.forEach((micros, n) => {
        clock.endMicros = 10 * n;
        recorder.record(micros);
      });
      expect(batches.batches).toBe(Math.floor(durations.length / batches.size));
      expect(batches.batches).toBeLessThan(64);
      for (let batch = 0; batch < batches.batches; batch++) {
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
