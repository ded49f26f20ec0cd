import { describe, expect, it } from 'vitest';
import { MoveReason } from '../../../history/index.js';
import { history, type HistoryBuilder, ORDERS } from '../history-builder.js';

/** Received three times; the last lease, of 30 s, began at 60 s. */
function atItsLimit(run: HistoryBuilder = history()): HistoryBuilder {
  return run.sent(1).received(1).at(30).expire(1).received(1).at(60).expire(1).received(1);
}

describe('dlq-exact-trigger', () => {
  it('is violated by a move before the limit', () => {
    const run = history().sent(1).received(1).at(30).expire(1).at(31).pollWait().move(1).pollEnd();
    expect(run.withVerdict('violated')).toEqual(['dlq-exact-trigger']);
    expect(run.verdict('dlq-exact-trigger').first?.text).toBe('message 1 moved from orders to dead at 31.000s after 1 of 3 deliveries');
  });

  it('is violated by a move while someone holds the message', () => {
    const run = atItsLimit().at(70).pollWait().move(1).pollEnd();
    expect(run.withVerdict('violated')).toEqual(['dlq-exact-trigger']);
    expect(run.verdict('dlq-exact-trigger').first?.text).toContain('while consumer-1 held it until 1min 30.000s');
  });

  it('is violated by a move that the end of the lease makes, with nobody receiving', () => {
    const run = atItsLimit().at(90).expire(1).move(1).at(91).pollWait();
    expect(run.withVerdict('violated')).toEqual(['dlq-exact-trigger']);
    expect(run.verdict('dlq-exact-trigger').first?.text).toBe(
      'message 1 moved from orders to dead at 1min 30.000s, the instant at which its lease by consumer-1 ended, and nobody was receiving',
    );
  });

  it('finds that also when the history ends there', () => {
    expect(atItsLimit().at(90).expire(1).move(1).verdict('dlq-exact-trigger').count).toBe(1);
  });

  it('acquits a message that was given back: its consumer may ask for more in the same instant, without waiting', () => {
    expect(atItsLimit().at(70).nackInvoke(1).release(1).move(1).at(71).verdict('dlq-exact-trigger').verdict).toBe('holds');
  });

  it('is violated by a move to a queue that no rule names, and out of one without a rule', () => {
    expect(atItsLimit().at(95).pollWait().move(1, 'other').pollEnd().withVerdict('violated')).toContain('dlq-exact-trigger');
    const run = history().sent(1, { queue: 'other' }).move(1, 'dead');
    expect(run.verdict('dlq-exact-trigger').first?.text).toContain('where no dead-letter rule sends it');
  });

  it('is violated by a move in a run where no queue has a rule; without one it has no verdict there', () => {
    const ruleless = { ...ORDERS, queues: ORDERS.queues.map((queue) => ({ ...queue, deadLetter: null })) };
    const moved = history(ruleless).sent(1).received(1).at(30).expire(1).at(31).pollWait().move(1).pollEnd();
    expect(moved.withVerdict('violated')).toEqual(['dlq-exact-trigger']);
    expect(moved.verdict('dlq-exact-trigger').first?.text).toContain('where no dead-letter rule sends it');
    const quiet = history(ruleless).sent(1).received(1);
    expect(Object.keys(quiet.verdicts())).not.toContain('dlq-exact-trigger');
  });

  it('holds for a move at the instant of the end of the lease when someone receives: waiting before, after, or served another message', () => {
    const moves = [
      atItsLimit().at(80).pollWait().at(90).expire(1).move(1).at(95).pollEnd(),
      atItsLimit().at(90).expire(1).move(1).pollWait().at(95).pollEnd(),
      atItsLimit().at(85).sent(2).at(90).expire(1).move(1).received(2).at(95),
    ];
    for (const run of moves) expect(run.verdict('dlq-exact-trigger')).toMatchObject({ verdict: 'holds', exercised: 1 });
  });

  it('holds for a move at any later time, and for a lease that a late receive ended itself', () => {
    expect(atItsLimit().at(90).expire(1).at(91).move(1).verdict('dlq-exact-trigger').verdict).toBe('holds');
    expect(atItsLimit().at(97).expire(1).move(1).at(98).verdict('dlq-exact-trigger').verdict).toBe('holds');
  });

  it('is an anomaly when a queue that is not strict moves what someone holds', () => {
    expect(atItsLimit(history({ ...ORDERS, strict: false })).at(70).pollWait().move(1).verdict('dlq-exact-trigger').verdict).toBe('anomaly');
  });

  it('is not exercised by redrives', () => {
    expect(history().sent(1).move(1, 'other', MoveReason.redrive).verdict('dlq-exact-trigger').verdict).toBe('not-exercised');
  });
});
