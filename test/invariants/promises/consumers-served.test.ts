import { describe, expect, it } from 'vitest';
import { StopCause } from '../../../history/index.js';
import { CLASSIC, history, type HistoryBuilder, withPush } from '../history-builder.js';

const SAC = { takesOver: false, priorities: {} } as const;
const verdict = (run: HistoryBuilder): string => run.verdict('consumers-served').verdict;
/** One message is in work and another is ready; `consumer-1` may hold two. */
const waiting = (run = history(CLASSIC).comes()): HistoryBuilder => run.sent(1).sent(2).received(1);

describe('consumers-served', () => {
  it('is violated by a message that waits while a consumer has room, whether or not it comes out in the end', () => {
    expect(verdict(waiting().at(1.5).received(2))).toBe('violated');
    expect(verdict(waiting().at(1.5).drained())).toBe('violated');
    expect(waiting().at(1.5).received(2).verdict('consumers-served').first?.text).toContain('orders');
  });

  it('is violated although messages are handed out all the time, as long as more could be', () => {
    const run = waiting().sent(3);
    for (const [second, copy] of [[0.4, 1], [0.8, 2], [1.2, 3]] as const) run.at(second).acked(copy).sent(copy + 3).received(copy + 1);
    expect(verdict(run)).toBe('violated');
  });

  it('holds within the bound, and while everybody holds as much as he may', () => {
    expect(verdict(waiting().at(0.9).received(2))).toBe('holds');
    expect(verdict(waiting().received(2).sent(3).at(60).acked(1).received(3))).toBe('holds');
  });

  it('takes nobody for there who has not come, who went, or whose broker is down', () => {
    expect(verdict(waiting(history(CLASSIC)).at(9).drained())).toBe('not-exercised');
    expect(verdict(waiting().goes().at(9).comes().received(2))).toBe('holds');
    expect(verdict(waiting().stop(StopCause.kill).at(9).recoverBegin().restore(1).restore(2).recoverEnd().at(18).comes().received(1).received(2))).toBe('holds');
  });

  it('does not count time in which a fault hinders the broker', () => {
    expect(verdict(waiting().fault('pause').at(9).heal('pause').received(2))).toBe('holds');
  });

  it('asks of a single active consumer whether all have room, for any of them may be the one', () => {
    const two = (prefetch = 2): HistoryBuilder => waiting(history(withPush({ singleActive: SAC, prefetch: { 'consumer-1': prefetch, 'consumer-2': 2 } })).comes().comes('consumer-2'));
    expect(verdict(two(1).at(9).acked(1).received(2))).toBe('holds');
    expect(verdict(two().at(9).acked(1).received(2))).toBe('violated');
  });

  it('says nothing certain of what a consumer that went left with its channel', () => {
    expect(verdict(waiting().received(2).sent(3).goes().comes().at(9).acked(1).received(3))).toBe('holds');
  });
});
