import { describe, expect, it } from 'vitest';
import { DropReason, MoveReason } from '../../../history/index.js';
import { history, type HistoryBuilder, LIVING } from '../history-builder.js';

const verdict = (run: HistoryBuilder): string => run.verdict('expiry-at-head').verdict;
/** Message 1 lives for ever, and stands before two that live for ten seconds. */
const two = (): HistoryBuilder => history(LIVING).invoke(1, { producer: 'producer-2' }).accept(1).sent(2).sent(3);

describe('expiry-at-head', () => {
  it('is violated when one that was ready all the time comes up after one behind it has expired, dropped or dead-lettered', () => {
    expect(verdict(two().at(10).drop(3, DropReason.expired).at(11).received(1))).toBe('violated');
    expect(verdict(two().at(10).move(2, 'dead', MoveReason.expired).at(11).received(1))).toBe('violated');
    expect(verdict(two().at(10).drop(3, DropReason.expired).at(11).drop(2, DropReason.expired))).toBe('violated');
  });

  it('holds when those before it were in work, or left at the same time', () => {
    expect(verdict(two().received(1).at(10).drop(2, DropReason.expired).drop(3, DropReason.expired).at(11).nackInvoke(1).release(1).received(1))).toBe('holds');
    expect(verdict(two().received(1).at(10).drop(2, DropReason.expired).at(10).drop(3, DropReason.expired))).toBe('holds');
  });
});
