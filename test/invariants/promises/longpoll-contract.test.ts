import { describe, expect, it } from 'vitest';
import { DropReason, PollEndCause } from '../../../history/index.js';
import type { RunContract } from '../../../invariants/index.js';
import { FIFO, history, type HistoryBuilder, ORDERS } from '../history-builder.js';

const verdictOf = (run: ReturnType<typeof history>): string => run.verdict('longpoll-contract').verdict;

describe('longpoll-contract, of a consumer with polls of two sessions', () => {
  it('holds when the later poll, which asked for less, times out first', () => {
    expect(verdictOf(history().pollWait('consumer-1', 'orders', 20).at(1).pollWait('consumer-1', 'orders', 2).at(3).pollTimesOut())).toBe('holds');
    expect(verdictOf(history().pollWait('consumer-1', 'orders', 2).at(1).pollWait('consumer-1', 'orders', 20).at(2).pollTimesOut().at(21).pollTimesOut())).toBe('holds');
  });

  it('holds when the old session ends late and the poll of the new one times out in its time', () => {
    const run = history().pollWait('consumer-1', 'orders', 2).at(1).pollWait('consumer-1', 'orders', 20).at(1.5).pollEnd().at(21).pollTimesOut();
    expect(verdictOf(run)).toBe('holds');
    const other = history().pollWait('consumer-1', 'orders', 2).at(1).pollWait('consumer-1', 'orders', 20).at(1.5).pollEnd().at(2).pollTimesOut();
    expect(verdictOf(other)).toBe('holds');
  });

  it('is violated when a poll times out before the time of any of them', () => {
    expect(verdictOf(history().pollWait('consumer-1', 'orders', 20).at(1).pollWait('consumer-1', 'orders', 10).at(3).pollTimesOut())).toBe('violated');
  });

  it('knows nothing any more of polls that all ended with their sessions', () => {
    const run = history().pollWait('consumer-1', 'orders', 2).at(1).pollEnd().pollWait('consumer-1', 'orders', 20).at(2).pollTimesOut();
    expect(verdictOf(run)).toBe('violated');
  });

  it('allows a poll of a standard queue to end in vain only when it did not hear of every server', () => {
    const standard = { ...ORDERS, strict: false };
    const inVain = (contract: RunContract, unheard: number): HistoryBuilder =>
      history(contract).pollWait('consumer-1', 'orders', 20, unheard).at(1).sent(1).at(20).pollTimesOut('consumer-1', 'orders', unheard);
    expect(verdictOf(inVain(standard, 1))).toBe('anomaly');
    expect(verdictOf(inVain(standard, 0))).toBe('violated');
    expect(verdictOf(inVain(ORDERS, 1))).toBe('violated');
    const none = history(standard).pollWait('consumer-1', 'orders', 20, 1).at(20).pollTimesOut('consumer-1', 'orders', 1);
    expect(verdictOf(none)).toBe('holds');
  });

  it('is violated by an answer with more than any of them asked for', () => {
    const run = history().pollWait().at(1).pollEnd('consumer-1', 'orders', 11, PollEndCause.answered);
    expect(verdictOf(run)).toBe('violated');
  });
});

describe('longpoll-contract, of a FIFO queue that looks through the oldest of its messages alone', () => {
  /** Group `g` is in work; behind its messages a group waits that is free. */
  const inVain = (lookAhead: number, comesIntoSight = false): HistoryBuilder => {
    const contract = { ...FIFO, queues: FIFO.queues.map((queue) => (queue.kind === 'fifo' ? { ...queue, lookAhead } : queue)) };
    const run = history(contract).sentTo(1).sentTo(2).sentTo(3, 'free').received(1, 'consumer-1', { seconds: 600 }).at(1).pollWait('consumer-2', 'jobs.fifo', 20);
    if (comesIntoSight) run.at(5).drop(2, DropReason.retention);
    return run.at(21).pollTimesOut('consumer-2', 'jobs.fifo');
  };

  it('holds while a message stands behind so many, and is violated when all are in sight', () => {
    expect(verdictOf(inVain(2))).toBe('holds');
    expect(verdictOf(inVain(3))).toBe('violated');
  });

  it('is violated once one has come into sight', () => {
    expect(verdictOf(inVain(2, true))).toBe('violated');
    expect(inVain(2, true).verdict('longpoll-contract').first?.text).toContain('could have been handed out since 5.000s');
  });
});

describe('longpoll-contract, of a consumer with several polls at a time', () => {
  const slow = { ...ORDERS, clockDrift: 0.115_170 };
  const both = (first: number, second: number): HistoryBuilder => history(slow).pollWait().at(2.1).pollWait().at(first).pollTimesOut().at(second).pollTimesOut();

  it('holds when a slow clock makes the first time out about when the second should have', () => {
    expect(both(21.9, 23.9).withVerdict('violated')).toEqual([]);
  });

  it('is violated when one of them ends later than the clock can be slow', () => {
    expect(verdictOf(both(21.9, 25.8))).toBe('violated');
    expect(verdictOf(both(23.7, 23.8))).toBe('violated');
  });

  it('holds when one that hears of other servers than the first is answered, and the first times out in its time', () => {
    const standard = { ...ORDERS, strict: false };
    const answered = (unheard: number, end: number): HistoryBuilder => history(standard).pollWait('consumer-1', 'orders', 20, unheard).at(5).pollWait('consumer-1', 'orders', 20, unheard)
      .at(6).sent(1).received(1).pollEnd('consumer-1', 'orders', 1, PollEndCause.answered, unheard).at(end).pollTimesOut('consumer-1', 'orders', unheard);
    expect(verdictOf(answered(1, 20))).toBe('holds');
    expect(verdictOf(answered(1, 25))).toBe('holds');
    expect(verdictOf(answered(1, 22))).toBe('violated');
    expect(verdictOf(answered(0, 25))).toBe('holds');
    expect(verdictOf(answered(0, 20))).toBe('violated');
  });

  it('forgets those whose time is long over, and judges the next ones', () => {
    const standard = { ...ORDERS, strict: false };
    const run = history(standard).pollWait('consumer-1', 'orders', 20, 1).at(5).pollWait('consumer-1', 'orders', 20, 1)
      .at(6).sent(1).received(1).pollEnd('consumer-1', 'orders', 1, PollEndCause.answered, 1).at(27).pollWait('consumer-1', 'orders', 20, 1);
    expect(verdictOf(run.at(28).pollTimesOut('consumer-1', 'orders', 1))).toBe('violated');
  });
});

describe('longpoll-contract, polls that end late', () => {
  it('convicts a poll that times out long after its time', () => {
    const run = history().pollWait('consumer-1', 'orders', 10).at(15).pollTimesOut();
    expect(run.withVerdict('violated')).toEqual(['longpoll-contract']);
    expect(run.verdict('longpoll-contract').first?.text).toContain('timed out at 15.000s only, after 15s; it asked for 10s');
  });

  it('acquits it when something kept the broker from its timers', () => {
    expect(history().pollWait('consumer-1', 'orders', 10).at(5).fault('pause').at(14).heal('pause').at(15).pollTimesOut().withVerdict('violated')).toEqual([]);
  });
});
