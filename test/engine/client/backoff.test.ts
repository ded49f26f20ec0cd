import { describe, expect, it } from 'vitest';
import { backoffMicros, type RetryPolicy } from '../../../engine/index.js';
import { RandomStream } from '../../../sim/index.js';

const policy = (jitter: RetryPolicy['jitter']): RetryPolicy => ({ timeoutMicros: 1, attempts: 9, backoffBaseMicros: 100, backoffCapMicros: 1000, jitter });

describe('backoff', () => {
  it('doubles from the base up to the cap, and draws nothing without jitter', () => {
    const random = new RandomStream('seed');
    const before = random.state();
    expect([1, 2, 3, 4, 5, 6, 60].map((attempt) => backoffMicros(policy('none'), attempt, random))).toEqual([100, 200, 400, 800, 1000, 1000, 1000]);
    expect(random.state()).toEqual(before);
  });

  it('with full jitter is uniform between nothing and that', () => {
    const random = new RandomStream('seed');
    const waits = Array.from({ length: 10_000 }, () => backoffMicros(policy('full'), 3, random));
    expect(Math.min(...waits)).toBe(0);
    expect(Math.max(...waits)).toBe(400);
    expect(waits.every((wait) => Number.isInteger(wait))).toBe(true);
    expect(Math.abs(waits.reduce((sum, wait) => sum + wait, 0) / waits.length - 200)).toBeLessThan(6);
  });
});
