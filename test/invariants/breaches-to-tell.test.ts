import { expect, it } from 'vitest';
import { breachesToTell, type Verdict } from '../../invariants/index.js';

const breach = (verdict: Verdict, met: boolean, atMicros: number) => ({ verdict, met, first: { atMicros } });

it('what was not as expected is told first, of that violations, and of each sort the first in time', () => {
  const allowed = breach('anomaly', true, 1);
  const expected = breach('violated', true, 2);
  const unexpectedAnomaly = breach('anomaly', false, 3);
  const [early, late] = [breach('violated', false, 4), breach('violated', false, 5)];
  expect(breachesToTell([{ ...allowed, first: null }, allowed, expected, late, unexpectedAnomaly, early])).toEqual([early, late, unexpectedAnomaly, expected, allowed]);
});
