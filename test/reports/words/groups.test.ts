import { describe, expect, it } from 'vitest';
import type { GroupResult } from '../../../reports/run-result.js';
import { groupFairness, queuesWithGroups } from '../../../reports/words/groups.js';
import { jainIndex } from '../../../reports/words/jain.js';

const group = (name: string, placed: number, acknowledged: number, waitMeanMicros: number, queue = 'jobs'): GroupResult =>
  ({ queue, name, placed, received: acknowledged, acknowledged, waitMeanMicros, waitMaxMicros: 2 * waitMeanMicros });

describe("Jain's index", () => {
  it('is 1 for alike, 1 / n when one of n has all, and in between as the paper has it', () => {
    expect(jainIndex([7, 7, 7])).toBe(1);
    expect(jainIndex([9, 0, 0])).toBeCloseTo(1 / 3);
    expect(jainIndex([0, 0])).toBe(1);
    // (1 + 2 + 3)² / (3 · (1 + 4 + 9)).
    expect(jainIndex([1, 2, 3])).toBeCloseTo(36 / 42);
  });
});

describe('fairness between message groups', () => {
  it('tells who waited longest and shortest, and how much of what it sent each group got through', () => {
    expect(groupFairness([group('noisy', 100, 50, 4_000_000), group('quiet-1', 10, 10, 10_000)])).toEqual([
      'jobs has 2 message groups.',
      "A message waited 10ms in quiet-1 and 4s in noisy until it was received, in the mean: unevenly (Jain's index of the waits 0.502).",
      "Of what was sent to each, between 50 % and 100 % was acknowledged (Jain's index 0.9).",
    ]);
  });

  it('names groups of which nothing was received, and passes over queues with one group', () => {
    const told = groupFairness([group('a', 10, 10, 1_000), group('b', 10, 0, 0), group('only', 5, 5, 1_000, 'mail')]);
    expect(told).toContain('Of 1 group nothing was received.');
    expect(told.join(' ')).not.toContain('mail');
    expect(queuesWithGroups([group('only', 5, 5, 1_000)])).toEqual([]);
    expect(groupFairness([group('a', 3, 0, 0), group('b', 3, 0, 0)])).toEqual(['jobs has 2 message groups. None was received.']);
  });
});
