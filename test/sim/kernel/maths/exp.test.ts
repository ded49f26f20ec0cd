import { describe, expect, it } from 'vitest';
import { exp } from '../../../../sim/kernel/index.js';
import { bitsOf, digest, largestError, type ReferenceRow, referenceRows } from './units-in-the-last-place.js';

describe('exp', () => {
  it('is within one unit in the last place over its whole range', () => {
    const { error, at } = largestError(exp, referenceRows<ReferenceRow>('exp'));
    expect(error, `at ${at}`).toBeLessThan(1);
  });

  it('agrees with Math.exp', () => {
    const differing = Array.from({ length: 20_000 }, (_, n) => (n - 10_000) * 0.0707).filter(
      (x) => !(Math.abs(exp(x) / Math.exp(x) - 1) < 2 ** -51),
    );
    expect(differing).toEqual([]);
  });

  it('knows the edges', () => {
    const results = [exp(0), exp(-0), exp(Infinity), exp(-Infinity), exp(710), exp(-746), exp(NaN)];
    expect(results).toEqual([1, 1, Infinity, 0, Infinity, 0, NaN]);
    expect(exp(-745.1)).toBe(5e-324);
    expect(exp(709.782712893384)).toBeGreaterThan(1.797e308);
  });

  it('has these bits on every engine', () => {
    expect([1, -1, 0.1, 100, -700, -740, 1e-9].map((x) => bitsOf(exp(x)))).toMatchInlineSnapshot(`
      [
        "4005bf0a8b14576a",
        "3fd78b56362cef38",
        "3ff1aec7b35a00d4",
        "48f3494a9b171bf5",
        "00d14f2b0fb9307f",
        "0000000000000055",
        "3ff000000044b830",
      ]
    `);
    expect(digest(Array.from({ length: 50_000 }, (_, n) => exp((n - 25_000) / 1_000)))).toMatchInlineSnapshot(`"af13509f"`);
  });
});
