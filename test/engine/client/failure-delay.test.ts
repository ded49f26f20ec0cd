import { describe, expect, it } from 'vitest';
import { failureDelayMicros, MAX_LEASE_MICROS } from '../../../engine/client/failure-delay.js';

const SECOND = 1_000_000;
const HOUR = 3600 * SECOND;
const backoff = { kind: 'backoff', baseMicros: 30 * SECOND, factor: 2, capMicros: 12 * HOUR } as const;

describe('the delay after a failed handling', () => {
  it('leave says nothing, release says at once', () => {
    expect(failureDelayMicros({ kind: 'leave' }, 1, 0)).toBeNull();
    expect(failureDelayMicros({ kind: 'release' }, 7, 0)).toBe(0);
  });

  it('backoff doubles with each delivery: 30 s, 60 s, 120 s', () => {
    expect([1, 2, 3, 11].map((count) => failureDelayMicros(backoff, count, 0)! / SECOND)).toEqual([30, 60, 120, 30_720]);
  });

  it('is in whole seconds, rounded up, as the API has them', () => {
    const slow = { ...backoff, baseMicros: SECOND / 2, factor: 1.5 };
    expect([1, 2, 3, 4].map((count) => failureDelayMicros(slow, count, 0)! / SECOND)).toEqual([1, 1, 2, 2]);
    expect(failureDelayMicros(backoff, 40, HOUR + 1)! % SECOND).toBe(0);
  });

  it('stays below 12 hours after the receive, however long the message was held', () => {
    for (const held of [0, HOUR, 11 * HOUR]) {
      const delay = failureDelayMicros(backoff, 40, held)!;
      expect(held + delay).toBeLessThan(MAX_LEASE_MICROS);
      expect(held + delay).toBeGreaterThan(MAX_LEASE_MICROS - 120 * SECOND);
    }
    expect(failureDelayMicros(backoff, 40, 13 * HOUR)).toBe(0);
  });
});
