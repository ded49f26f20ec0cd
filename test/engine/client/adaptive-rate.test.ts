import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdaptiveRate } from '../../../engine/client/adaptive-rate.js';
import { cubeRoot } from '../../../engine/client/cube-root.js';

/** Answers at a steady rate, from one time to another. */
function answers(rate: AdaptiveRate, { from, to, perSecond }: { from: number; to: number; perSecond: number }): void {
  for (let index = 0; index < (to - from) * perSecond; index += 1) rate.answered(from + index / perSecond, false);
}

describe('the rate that a client learns', () => {
  it('is unbounded until something is throttled', () => {
    const rate = new AdaptiveRate(100);
    answers(rate, { from: 100, to: 110, perSecond: 50 });
    expect(rate.rate).toBeNull();
  });

  it('drops to 70 % of what was measured, and of what was allowed when that is less', () => {
    const rate = new AdaptiveRate(100);
    answers(rate, { from: 100, to: 110, perSecond: 100 });
    rate.answered(110, true);
    expect(rate.rate! / 70).toBeCloseTo(1, 1);
    const first = rate.rate!;
    rate.answered(110.1, true);
    expect(rate.rate).toBeCloseTo(first * 0.7, 6);
  });

  it('is back where it was throttled when the cubic says so, and grows faster beyond', () => {
    const rate = new AdaptiveRate(0);
    answers(rate, { from: 0, to: 20, perSecond: 100 });
    rate.answered(20, true);
    const highest = rate.rate! / 0.7;
    const plateau = cubeRoot((highest * 0.3) / 0.4);
    answers(rate, { from: 20, to: 20 + plateau, perSecond: 100 });
    expect(rate.rate! / highest).toBeCloseTo(1, 2);
    answers(rate, { from: 20 + plateau, to: 20 + plateau + 2, perSecond: 100 });
    const beyond = rate.rate! - highest;
    answers(rate, { from: 22 + plateau, to: 24 + plateau, perSecond: 100 });
    expect(rate.rate! - highest).toBeGreaterThan(3 * beyond);
  });

  it('is no more than twice what the client sends', () => {
    const rate = new AdaptiveRate(0);
    answers(rate, { from: 0, to: 10, perSecond: 100 });
    rate.answered(10, true);
    answers(rate, { from: 10, to: 60, perSecond: 10 });
    expect(rate.rate!).toBeLessThanOrEqual(2 * 10 * 1.1);
  });
});

it('the cube root is one', () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (value) => {
    const root = cubeRoot(value);
    expect(Math.abs(root * root * root - value)).toBeLessThanOrEqual(1e-9 * Math.max(value, 1e-6));
  }));
});
