import { expect, it } from 'vitest';
import { AllowedTally, anomaliesOf } from '../../../campaign/fuzz/allowed.js';

it('counts what was broken as the contract allows by promise and clause, that of the most runs first', () => {
  const verdict = (invariant: string, kind: 'anomaly' | 'violated' | 'holds', count: number, contract: string) => ({ invariant, verdict: kind, count, contract });
  const tally = new AllowedTally();
  tally.add(anomaliesOf([verdict('acked-send-not-lost', 'anomaly', 3, 'power'), verdict('no-phantom', 'violated', 1, ''), verdict('drains', 'holds', 0, '')]));
  tally.add(anomaliesOf([verdict('acked-send-not-lost', 'anomaly', 1, 'disk')]));
  tally.add(anomaliesOf([verdict('acked-send-not-lost', 'anomaly', 4, 'disk')]));
  expect(tally.rows()).toEqual([
    { invariant: 'acked-send-not-lost', contract: 'disk', runs: 2, count: 5 },
    { invariant: 'acked-send-not-lost', contract: 'power', runs: 1, count: 3 },
  ]);
});
