import { describe, expect, it } from 'vitest';
import type { VerdictResult } from '../../../reports/run-result.js';
import { byUrgency, firstViolation } from '../../../reports/words/verdicts.js';
import { brokenRun, emptyRun, heldRun, verdict } from '../fixtures.js';

it('what needs to be read comes first', () => {
  expect(byUrgency([...brokenRun().verdicts].reverse()).map(({ invariant }) => invariant)).toEqual([
    'acked-send-not-lost', 'exactly-once-effects', 'lease-not-early', 'lease-exclusive', 'dlq-exact-trigger',
  ]);
});

describe('firstViolation', () => {
  const at = (invariant: string, atMicros: number, message: number, over: Partial<VerdictResult> = {}): VerdictResult =>
    verdict(invariant, 'P.', { verdict: 'violated', count: 1, met: false, first: { atMicros, message, queue: 'jobs', text: 'T.' }, ...over });

  it('is the one that the story is about: the first in time that concerns a message', () => {
    const verdicts = [at('late', 30, 1), at('no-message', 5, 0), at('anomaly', 1, 2, { verdict: 'anomaly', met: true }), at('early', 10, 3)];
    expect(firstViolation(brokenRun({ verdicts }))?.invariant).toBe('early');
  });

  it('without a story is rather what was not expected', () => {
    const verdicts = [at('expected', 1, 1, { met: true }), at('unexpected', 9, 0)];
    expect(firstViolation(brokenRun({ verdicts, story: [] }))?.invariant).toBe('unexpected');
  });

  it('is an allowed breach when there is nothing else, and null of a run without any', () => {
    expect(firstViolation(heldRun())?.invariant).toBe('exactly-once-effects');
    expect(firstViolation(emptyRun())).toBeNull();
  });
});
