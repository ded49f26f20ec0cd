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
  expect(duplicateCauses(run([{ cause: 'channel-timed-out', count: 2 }]))).toMatch(/because a delivery was not acknowledged within the consumer timeout, and the broker closed its channel \(406\)\.$/);
  expect(duplicateCauses(run([{ cause: 'consumer-timed-out', count: 2 }]))).toMatch(/, and the broker cancelled its consumer\.$/);
  expect(duplicateCauses(run([{ cause: 'expired', count: 3 }, { cause: 'gone', count: 1 }]))).toBe(
    '4 deliveries of messages that had been delivered before: 3 because their lease had run out, 1 because it was on its way when its copy was removed.',
  );
  expect(duplicateCauses(run([{ cause: 'retry', count: 1 }]))).toBe("1 delivery of a message that had been delivered before: because its producer's retry was stored too.");
});
