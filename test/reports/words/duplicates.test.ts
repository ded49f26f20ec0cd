import { expect, it } from 'vitest';
import type { RunResult } from '../../../reports/run-result.js';
import { duplicateCauses } from '../../../reports/words/duplicates.js';
import { heldRun } from '../fixtures.js';

const run = (duplicates: NonNullable<RunResult['measures']['duplicates']>): RunResult => ({ ...heldRun(), measures: { ...heldRun().measures, duplicates } });

it('duplicates are told by what brought them', () => {
  expect(duplicateCauses(heldRun())).toBeNull();
  expect(duplicateCauses(run([]))).toBeNull();
  expect(duplicateCauses(run([{ cause: 'retry', count: 3 }]))).toBe("3 deliveries of messages that had been delivered before: because their producer's retry was stored too.");
  expect(duplicateCauses(run([{ cause: 'retry', count: 1_500 }, { cause: 'expired', count: 20 }]))).toBe(
    "1,520 deliveries of messages that had been delivered before: 1,500 because their producer's retry was stored too, 20 because their lease had run out.",
  );
  expect(duplicateCauses(run([{ cause: 'channel-timed-out', count: 2 }]))).toMatch(/because a delivery was not acknowledged within the consumer timeout, and the broker closed the channel that had them \(406\)\.$/);
  expect(duplicateCauses(run([{ cause: 'consumer-timed-out', count: 2 }]))).toMatch(/, and the broker cancelled the consumer that had them\.$/);
});
