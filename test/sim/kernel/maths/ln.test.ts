import { describe, expect, it } from 'vitest';
import { ln } from '../../../../sim/kernel/index.js';
import { bitsOf, digest, largestError, type ReferenceRow, referenceRows } from './units-in-the-last-place.js';

describe('ln', () => {
  it('is within one unit in the last place over all doubles', () => {
    const { error, at } = largestError(ln, referenceRows<ReferenceRow>('ln'));
    expect(error, `at ${at}`).toBeLessThan(1);
  });

  it('agrees with Math.log', () => {
    const differing = Array.from({ length: 20_000 }, (_, n) => (n + 2) * 1.0001 ** n).filter(
      (x) => !(Math.abs(ln(x) - Math.log(x)) <= 2 ** -51 * Math.log(x)),
    );
    expect(differing).toEqual([]);
  });

  it('knows the edges', () => {
    expect([ln(0), ln(-0), ln(1), ln(Infinity), ln(-1), ln(-Infinity), ln(NaN)]).toEqual([-Infinity, -Infinity, 0, Infinity, NaN, NaN, NaN]);
  });

  it('has these bits on every engine', () => {
    expect([2, 10, 0.1, 1e-300, 5e-324, 1 - 2 ** -53].map((x) => bitsOf(ln(x)))).toMatchInlineSnapshot(`
      [
        "3fe62e42fefa39ef",
        "40026bb1bbb55516",
        "c0026bb1bbb55515",
        "c085963447f87fb5",
        "c0874385446d71c3",
        "bca0000000000000",
      ]
    `);
    expect(digest(Array.from({ length: 50_000 }, (_, n) => ln((n + 0.5) / 50_000)))).toMatchInlineSnapshot(`"e9512512"`);
  });
});
