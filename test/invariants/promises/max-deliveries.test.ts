import { describe, expect, it } from 'vitest';
import { StopCause } from '../../../history/index.js';
import { history, type HistoryBuilder, ORDERS, withPush } from '../history-builder.js';

/** Receives the copy and lets its lease end, so often. */
function failing(run: HistoryBuilder, copy: number, times: number): HistoryBuilder {
  for (let i = 0; i < times; i++) run.received(copy).nackInvoke(copy).release(copy);
  return run;
}

describe('max-deliveries', () => {
  it('is violated by the delivery after the last that is allowed', () => {
    const run = failing(history().sent(1), 1, 3).at(9).received(1, 'consumer-2');
    expect(run.withVerdict('violated')).toEqual(['max-deliveries']);
    expect(run.verdict('max-deliveries').first?.text).toBe(
      'message 1 was handed out to consumer-2 at 9.000s: delivery 4 from orders, which allows 3',
    );
  });

  it('counts deliveries itself, whatever the broker shows', () => {
    const run = failing(history().sent(1), 1, 3).grant(1, 'consumer-2', { count: 1 });
    expect(run.withVerdict('violated')).toEqual(['count-exact', 'max-deliveries']);
  });

  it('is an anomaly when a power loss took receives that were not synced', () => {
    const run = failing(history({ ...ORDERS, broker: { name: 'broker', flush: 'never' } }).sent(1), 1, 3)
      .stop(StopCause.powerLoss).recoverBegin().restore(1, { count: 0 }).recoverEnd().received(1);
    expect(run.verdict('max-deliveries')).toMatchObject({ verdict: 'anomaly', count: 1 });
  });

  it('holds when the message moves instead; there it may be received again without end', () => {
    const run = failing(failing(history().sent(1), 1, 3).pollWait().move(1).pollEnd(), 1, 5);
    expect(run.verdict('max-deliveries')).toMatchObject({ verdict: 'holds', exercised: 1 });
  });

  it('counts the deliveries of each queue apart', () => {
    const both = { ...ORDERS, queues: ORDERS.queues.map((queue) => (queue.name === 'dead' ? { ...queue, deadLetter: { queue: 'other', maxReceiveCount: 5 } } : queue)) };
    const moved = (): HistoryBuilder => failing(history(both).sent(1), 1, 3).pollWait().move(1).pollEnd();
    expect(failing(moved(), 1, 5).verdict('max-deliveries').count).toBe(0);
    expect(failing(moved(), 1, 6).verdict('max-deliveries').count).toBe(1);
  });

  it('acquits receives that a crash forgot before they arrived', () => {
    const run = failing(history().sent(1), 1, 2).grant(1).stop().recoverBegin().restore(1, { count: 2 }).recoverEnd().received(1);
    expect(run.verdict('max-deliveries').count).toBe(0);
  });

  it('is not exercised while no message has reached its limit, or on a queue without one', () => {
    expect(failing(history().sent(1), 1, 3).verdict('max-deliveries').verdict).toBe('not-exercised');
    expect(failing(history().sent(1, { queue: 'other' }), 1, 9).verdict('max-deliveries').verdict).toBe('not-exercised');
  });

  it('does not know how a client whose consumer was cancelled gives back, where one way counts and another does not', () => {
    const limited = (uncounted: readonly string[] | undefined): HistoryBuilder =>
      history(withPush({ type: 'quorum', keepsPosition: false, prefetch: {}, deliveryLimit: 0, ...(uncounted === undefined ? {} : { uncounted }) })).comes().sent(1).received(1);
    const again = (run: HistoryBuilder): string => run.nackInvoke(1).release(1).received(1).verdict('max-deliveries').verdict;
    expect(again(limited([]))).toBe('violated');
    expect(again(limited([]).at(1).goes())).not.toBe('violated');
    expect(again(limited(undefined).at(1).goes())).toBe('violated');
  });
});
