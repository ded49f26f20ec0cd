import { describe, expect, it } from 'vitest';
import { pow } from '../../../../sim/kernel/index.js';
import { bitsOf, referenceRows } from './units-in-the-last-place.js';

describe('pow', () => {
  it('is exact for whole exponents where a double can hold the result', () => {
    expect([pow(2, 0), pow(2, 10), pow(2, 62), pow(3, 20), pow(10, 15), pow(2, -3), pow(1.5, 4)]).toEqual([
      1, 1024, 2 ** 62, 3_486_784_401, 1e15, 0.125, 5.0625,
    ]);
  });

  it('keeps the error that its comment promises', () => {
    for (const [base, exponent, nearest, rest] of referenceRows<readonly [number, number, number, number]>('pow')) {
      const promised = (1 + Math.abs(exponent * Math.log(base))) * 2 ** -51;
      expect(Math.abs((pow(base, exponent) - nearest - rest) / nearest), `pow(${base}, ${exponent})`).toBeLessThan(promised);
    }
  });

  it('knows the edges', () => {
    expect([pow(0, 0), pow(0, 0.5), pow(0, -0.5), pow(1, 1e300), pow(5, 0), pow(-2, 2), pow(2, 5_000), pow(2, -5_000), pow(NaN, 1)]).toEqual([
      1, 0, Infinity, 1, 1, NaN, Infinity, 0, NaN,
    ]);
  });

  it('has these bits on every engine', () => {
    expect([pow(2, 0.5), pow(10, -0.3), pow(1.0001, 12_345), pow(7, 77)].map(bitsOf)).toMatchInlineSnapshot(`
      [
        "3ff6a09e667f3bcc",
        "3fe009b9cf334252",
        "400b7dd84483e522",
        "4d71f487519cdc74",
      ]
    `);
  });
});
