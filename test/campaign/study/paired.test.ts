import { describe, expect, it } from 'vitest';
import { pairedInterval } from '../../../campaign/study/paired.js';
import { pairedDifference } from '../../../measures/index.js';

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('the interval of runs of the same seeds', () => {
  it('is 0 where they are the same, be it two seeds', () => {
    expect(pairedInterval([85, 90], [85, 90], 0.95)).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('has no ends where two seeds differ alike', () => {
    expect(pairedInterval([85, 90], [87, 92], 0.95)).toEqual({ value: 2, low: -Infinity, high: Infinity });
  });

  it('has a width where more of them differ alike, as wide as the figure is fine, and narrower the more there are', () => {
    const three = pairedInterval(times(3, 85), times(3, 87), 0.95);
    expect(three.low).toBeCloseTo(2 - 4.303 / Math.sqrt(3), 9);
    expect(pairedInterval(times(10, 85), times(10, 87), 0.95).low).toBeGreaterThan(0);
    expect(pairedInterval(times(10, 85_000), times(10, 85_002), 0.95).low).toBeLessThan(0);
    const shares = pairedInterval(times(4, 0.1), [0.2, 0.2, 0.2, 0.2 + 1e-15], 0.95);
    expect(shares.high - shares.low).toBeCloseTo((2 * 3.182 * 0.0002) / 2, 9);
  });

  it('is that of the mean where they do not differ alike', () => {
    expect(pairedInterval([85, 90, 80], [87, 91, 83], 0.95)).toEqual(pairedDifference([85, 90, 80], [87, 91, 83], 0.95));
  });
});
