import { expect, it } from 'vitest';
import { byUrgency, firstViolation } from '../../../reports/words/verdicts.js';
import { brokenRun, emptyRun, heldRun } from '../fixtures.js';

it('what needs to be read comes first', () => {
  expect(byUrgency([...brokenRun().verdicts].reverse()).map(({ invariant }) => invariant)).toEqual([
    'acked-send-not-lost', 'exactly-once-effects', 'lease-not-early', 'lease-exclusive', 'dlq-exact-trigger',
  ]);
});

it('the story is about what was not expected, rather than about an anomaly', () => {
  const anomalyFirst = [...brokenRun().verdicts].reverse();
  expect(firstViolation(brokenRun({ verdicts: anomalyFirst }))?.invariant).toBe('acked-send-not-lost');
  expect(firstViolation(heldRun())?.invariant).toBe('exactly-once-effects');
  expect(firstViolation(emptyRun())).toBeNull();
});
