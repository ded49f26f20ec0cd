import { describe, expect, it } from 'vitest';
import { CONFIDENCE_LEVELS, studentT } from '../../../measures/statistics/index.js';

/** Probability of |T| <= t with so many degrees of freedom, by Simpson's rule on the density. */
function within(t: number, degrees: number): number {
  const density = (x: number): number => (1 + (x * x) / degrees) ** (-(degrees + 1) / 2);
  const simpson = (from: number, to: number, f: (x: number) => number): number => {
    const steps = 20_000;
    const width = (to - from) / steps;
    let sum = f(from) + f(to);
    for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * width);
    return (sum * width) / 3;
  };
  // The tail beyond 1 is folded into 0 to 1, so that the whole line has an end.
  const folded = (u: number): number => (u === 0 ? 0 : density(1 / u) / (u * u));
  const half = simpson(0, 1, density) + simpson(0, 1, folded);
  return (t <= 1 ? simpson(0, t, density) : simpson(0, 1, density) + simpson(1 / t, 1, folded)) / half;
}

describe("Student's t", () => {
  it.each([2, 3, 5, 9, 10, 15, 19, 20, 29, 30, 40, 60, 120])('with %i degrees of freedom covers what it says', (degrees) => {
    for (const level of CONFIDENCE_LEVELS) expect(within(studentT(level, degrees), degrees)).toBeCloseTo(level, 3);
  });

  it('never narrows between two columns, and ends as the normal distribution', () => {
    for (let degrees = 2; degrees < 200; degrees++) expect(studentT(0.95, degrees)).toBeLessThanOrEqual(studentT(0.95, degrees - 1));
    expect(studentT(0.95, 39)).toBe(studentT(0.95, 30));
    expect(studentT(0.95, 1e9)).toBe(1.98);
    expect(studentT(0.95, Infinity)).toBe(1.96);
  });
});
