import { describe, expect, it } from 'vitest';
import { THRESHOLD_EXAMPLES, parseThreshold } from '../../../../scenarios/format/expressions/threshold.js';

describe('parseThreshold', () => {
  it.each([
    ['p99(endToEnd) < 50ms', { aggregate: 'p99', measure: 'endToEnd', operator: '<', limit: 50_000 }],
    ['throughput > 1000/s', { aggregate: 'rate', measure: 'throughput', operator: '>', limit: 1_000 }],
    ['count(dead-lettered) == 3', { aggregate: 'count', measure: 'dead-lettered', operator: '==', limit: 3 }],
    ['dead-lettered == 3', { aggregate: 'count', measure: 'dead-lettered', operator: '==', limit: 3 }],
    ['ratio(redelivered) <= 5%', { aggregate: 'ratio', measure: 'redelivered', operator: '<=', limit: 0.05 }],
    ['rate(offered)>=5/min', { aggregate: 'rate', measure: 'offered', operator: '>=', limit: 5 / 60 }],
    ['max(backlog) < 1000', { aggregate: 'max', measure: 'backlog', operator: '<', limit: 1_000 }],
  ])('reads %s', (expression, value) => {
    expect(parseThreshold(expression)).toEqual({ ok: true, value: { expression, ...value } });
  });

  it('reads every example that it shows', () => {
    expect(THRESHOLD_EXAMPLES.filter((example) => !parseThreshold(example).ok)).toEqual([]);
  });

  it.each([
    ['fast enough', '"fast enough" is not a threshold.', null, undefined],
    ['p99(endToEnd)', '"p99(endToEnd)" is not a threshold.', null, undefined],
    ['p99(endToEnt) < 50ms', '"endToEnt" is not measured.', 'endToEnd', { start: 4, end: 12 }],
    ['p98(endToEnd) < 50ms', 'There is no p98 of endToEnd.', 'p90', undefined],
    ['p99(sent) < 3', 'There is no p99 of sent.', null, undefined],
    ['endToEnd < 50ms', '"endToEnd < 50ms" does not say which figure of endToEnd it limits.', null, undefined],
    ['p99(endToEnd) = 50ms', '"=" is not a comparison.', null, { start: 14, end: 15 }],
    ['p99(endToEnd) != 50ms', '"!=" is not a comparison.', null, { start: 14, end: 16 }],
    ['p99(endToEnd) < 50', '"50" has no unit.', null, { start: 16, end: 18 }],
    ['throughput > 1000', '"1000" has no unit.', null, { start: 13, end: 17 }],
    ['p99(endToEnd) < 50 sec', '"sec" is not a unit of duration.', 's', { start: 19, end: 22 }],
  ])('explains what is wrong with %s', (text, message, nearest, span) => {
    const result = parseThreshold(text);
    if (result.ok) throw new Error(`${text} was read`);
    expect([result.mistake.message, result.mistake.nearest ?? null, result.mistake.span]).toEqual([message, nearest, span]);
  });
});
