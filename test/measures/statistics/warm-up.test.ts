import { describe, expect, it } from 'vitest';
import { warmUpBatches } from '../../../measures/statistics/index.js';

/** Noise that repeats: as many values above 0 as below. */
const noise = (n: number): number => [0.4, -0.7, 0.2, 0.9, -0.5, -0.3][n % 6]!;

describe('the warm-up', () => {
  it('is nothing in a run that was settled from the start', () => {
    expect(warmUpBatches(Array.from({ length: 48 }, (_, n) => 10 + noise(n)))).toBeLessThan(6);
  });

  it('ends where a ramp does', () => {
    const ramp = Array.from({ length: 50 }, (_, n) => (n < 12 ? 100 - 8 * n : 4) + noise(n));
    expect(warmUpBatches(ramp)).toBeGreaterThanOrEqual(11);
    expect(warmUpBatches(ramp)).toBeLessThanOrEqual(14);
  });

  it('is not a burst at the beginning like those that come later', () => {
    // Without them the rest would vary less, and its mean would lie too low.
    const bursts = Array.from({ length: 48 }, (_, n) => (n < 2 || n === 30 || n === 31 ? 11.2 : 10 + noise(n)));
    expect(warmUpBatches(bursts)).toBe(0);
  });

  it('is not found in a run that grows until its end', () => {
    expect(warmUpBatches(Array.from({ length: 50 }, (_, n) => n * n))).toBeNull();
  });
});
