import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../../sim/kernel/index.js';
import { digest, type ReferenceRow, referenceRows } from './units-in-the-last-place.js';

describe('normalQuantile', () => {
  it('has a relative error of about 1e-15, far into the tails', () => {
    for (const [p, nearest, rest] of referenceRows<ReferenceRow>('normal-quantile')) {
      expect(Math.abs((normalQuantile(p) - nearest - rest) / nearest), `at ${p}`).toBeLessThan(2e-15);
    }
  });

  it('is odd about the middle and knows the edges', () => {
    expect(normalQuantile(0.5)).toBe(0);
    for (const p of [0.25, 0.0625, 2 ** -10, 2 ** -40]) expect(normalQuantile(1 - p)).toBe(-normalQuantile(p));
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(NaN)]).toEqual([
      -Infinity, Infinity, NaN, NaN, NaN,
    ]);
  });

  it('has these bits on every engine', () => {
    expect(digest(Array.from({ length: 50_000 }, (_, n) => normalQuantile((n + 0.5) / 50_000)))).toMatchInlineSnapshot(`"b8271688"`);
  });
});
