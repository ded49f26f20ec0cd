import { describe, expect, it } from 'vitest';
import { cubeRoot, estimateOfSpread, spreadOfGroups } from '../../../measures/statistics/group-spread.js';

const even = (count: number): number[] => Array.from({ length: count }, () => 1 / count);

describe('the spread of groups', () => {
  it('is that of Student where they are neither skewed nor alike', () => {
    const means = [1, -1, -1, 1, 1, -1, 1, -1, -1, 1];
    const { low, high } = estimateOfSpread(spreadOfGroups(means, even(10), 0.95));
    // The sum of squares is 10, of nine degrees of freedom; t is 2.262.
    expect(high).toBeCloseTo(2.262 * Math.sqrt(10 / 9 / 10), 6);
    expect(low).toBeCloseTo(-high, 6);
  });

  it('reaches farther to the side to which they are skewed', () => {
    const means = [0, 1, 0, 0, 9, 0, 1, 0, 0, 1];
    const { below, above } = spreadOfGroups(means, even(10), 0.95);
    expect(above).toBeGreaterThan(2.262);
    expect(below).toBeLessThan(2.262);
    const mirrored = spreadOfGroups(means.map((mean) => -mean), even(10), 0.95);
    expect([mirrored.below, mirrored.above]).toEqual([above, below]);
  });

  it('is wider where neighbours are alike', () => {
    const rising = Array.from({ length: 20 }, (_, n) => n % 10);
    const mixed = rising.map((_, n) => (n * 7) % 10);
    expect(spreadOfGroups(rising, even(20), 0.95)).toMatchObject({ isCorrelated: true });
    expect(spreadOfGroups(rising, even(20), 0.95).variance).toBeGreaterThan(2 * spreadOfGroups(mixed, even(20), 0.95).variance);
  });

  it('weighs groups by their size', () => {
    expect(spreadOfGroups([1, 4], [0.75, 0.25], 0.95).mean).toBe(1.75);
  });
});

it.each([0.001, 0.5, 1, 2, 27, 1e6, -8, -0.3])('the cube root of %s is one', (value) => {
  expect(cubeRoot(value)).toBeCloseTo(Math.cbrt(value), 9);
});
