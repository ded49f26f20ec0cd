import { describe, expect, it } from 'vitest';
import { answerOf } from '../../../reports/words/answer.js';
import { brokenRun, emptyRun, heldRun, verdict } from '../fixtures.js';

const holds = verdict('a', 'A is kept.', { expected: 'holds' });
const missedThreshold = { expression: 'p99(endToEnd) < 1ms', actual: '2ms', met: false };

describe('answerOf', () => {
  it('says that all held', () => {
    expect(answerOf(heldRun({ verdicts: [holds, verdict('b', 'B is kept.')] }))).toEqual({
      tone: 'good', word: 'held', headline: 'All 2 promises that were put to the test held.', details: [],
    });
  });

  it('does not call held what was never put to the test', () => {
    const idle = verdict('a', 'A is kept.', { verdict: 'not-exercised', exercised: 0 });
    expect(answerOf(heldRun({ verdicts: [idle] }))).toMatchObject({
      headline: 'Nothing was put to the test.', details: ['1 more promise was watched, but nothing in this run could have broken it.'],
    });
  });

  it('names what broke, with its promise and how often', () => {
    const answer = answerOf(brokenRun());
    expect(answer).toMatchObject({ tone: 'bad', word: 'broken', headline: '1 promise was broken.' });
    expect(answer.details[0]).toBe('Broken 31 times: A message whose send was acknowledged is never lost.');
  });

  it('takes an expected violation for what the scenario shows', () => {
    const shown = verdict('b', 'B is kept.', { verdict: 'violated', expected: 'violated', count: 1 });
    expect(answerOf(heldRun({ verdicts: [holds, shown] }))).toMatchObject({
      tone: 'good', headline: 'As this scenario is meant to show, 1 promise broke; everything else held.', details: ['Broken once, as expected: B is kept.'],
    });
  });

  it('says so when an expected violation did not happen', () => {
    const answer = answerOf(brokenRun({ verdicts: [{ ...holds, expected: 'violated', met: false }], thresholds: [] }));
    expect(answer.headline).toBe('1 promise did not turn out as this scenario expects.');
    expect(answer.details).toEqual(['Expected to be violated, but it held: A is kept.']);
  });

  it('mentions what the contract allows', () => {
    const seen = verdict('b', 'B is kept.', { verdict: 'anomaly', count: 4 });
    expect(answerOf(heldRun({ verdicts: [holds, seen] }))).toMatchObject({
      tone: 'good', headline: '1 promise held; one was broken only as the contract allows.', details: ['Broken 4 times, which its contract allows here: B is kept.'],
    });
  });

  it.each(['held', 'broken'] as const)('is not good when only a threshold was missed (outcome %s)', (outcome) => {
    expect(answerOf(heldRun({ outcome, verdicts: [holds], thresholds: [missedThreshold] }))).toEqual({
      tone: 'bad', word: 'threshold missed', headline: 'The promises held, but 1 threshold was missed.',
      details: ['The threshold p99(endToEnd) < 1ms was missed: it was 2ms.'],
    });
  });

  it('says what kept the queues from draining', () => {
    const slow = verdict('drains', 'All is done.', { verdict: 'inconclusive', contract: 'orders holds 9 messages: at this rate the rest takes 3m more.' });
    expect(answerOf({ ...emptyRun(), verdicts: [slow] }).details).toContain('orders holds 9 messages: at this rate the rest takes 3m more.');
  });

  it('says why there is no answer', () => {
    expect(answerOf(emptyRun())).toEqual({
      tone: 'unsure', word: 'inconclusive', headline: 'This run gives no answer.',
      details: ['The run ended early: the limit of 0 events was reached.', 'The queues did not drain. Left behind: 3 messages ready in jobs.'],
    });
  });
});
