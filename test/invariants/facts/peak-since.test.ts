import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeakSince } from '../../../invariants/facts/peak-since.js';

const SCALE = 2_560;
const STEP = SCALE / 256;

/** The highest value in force at any time from `since` on, by looking at all of them. */
function peak(changes: readonly (readonly [number, number])[], since: number): number {
  let highest = 0;
  let value = 0;
  for (const [at, next] of changes) {
    if (at >= since) highest = Math.max(highest, value);
    value = next;
  }
  return Math.max(highest, value);
}

const histories = (values: fc.Arbitrary<number>) => fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), values), { maxLength: 80 }).map((steps) => {
  let now = 0;
  return steps.map(([gap, value]) => [now += gap, value] as const);
});

function noted(changes: readonly (readonly [number, number])[]): PeakSince {
  const peaks = new PeakSince(SCALE);
  for (const [at, value] of changes) peaks.note(value, at);
  return peaks;
}

describe('the peak since a time', () => {
  it('is exact where values differ by a step or more', () => {
    fc.assert(fc.property(histories(fc.integer({ min: 0, max: 30 }).map((value) => value * STEP)), fc.nat(120), (changes, since) => {
      expect(noted(changes).since(since)).toBe(peak(changes, since));
    }), { numRuns: 300 });
  });

  it('is never too low, and too high by less than a step', () => {
    fc.assert(fc.property(histories(fc.nat(5 * STEP)), fc.nat(120), (changes, since) => {
      const found = noted(changes).since(since);
      expect(found).toBeGreaterThanOrEqual(peak(changes, since));
      expect(found).toBeLessThan(peak(changes, since) + STEP);
    }), { numRuns: 300 });
  });
});
