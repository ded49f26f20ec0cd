import { describe, expect, it } from 'vitest';
import { faultLines, faultSpans } from '../../../reports/words/faults.js';
import { brokenRun, emptyRun, heldRun } from '../fixtures.js';

describe('faultSpans', () => {
  it('spans from the beginning to the end of each fault, in the order of time', () => {
    expect(faultSpans(heldRun()).map(({ label, fromMicros, toMicros }) => [label, fromMicros, toMicros])).toEqual([
      ['crash consumer-1', 5_000_000, 15_000_000],
      ['network delay broker', 18_000_000, 22_000_000],
      ['clock jump broker', 24_000_000, 24_000_000],
    ]);
  });

  it('ends a fault without an end when everything is healed, and none after the run', () => {
    const schedule = [{ at: 28_000_000, fault: 'crash', target: 'a', for: 99_000_000 }, { at: 1_000_000, fault: 'slow-disk', target: 'a' }, { at: 90_000_000, fault: 'crash', target: 'never' }];
    expect(faultSpans(heldRun({ schedule })).map(({ fromMicros, toMicros }) => [fromMicros, toMicros])).toEqual([[1_000_000, 30_000_000], [28_000_000, 32_000_000]]);
  });
});

describe('faultLines', () => {
  it('says what, where, when, how long and how', () => {
    expect(faultLines(heldRun())).toEqual([
      'crash consumer-1 at 5s, for 10 s', 'network delay broker at 18s, for 4 s (extra 20 ms)', 'clock jump broker at 24s, at once (by 1h 00m)',
    ]);
  });

  it('puts what repeats itself in one line', () => {
    expect(faultLines(brokenRun())).toContain('pause consumer-1 12 times from 16s to 27s, for 300 ms');
  });

  it('has nothing to say of a run without faults', () => {
    expect(faultLines(emptyRun())).toEqual([]);
  });
});
