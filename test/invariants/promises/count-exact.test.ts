import { describe, expect, it } from 'vitest';
import { StopCause } from '../../../history/index.js';
import { history, ORDERS } from '../history-builder.js';

describe('count-exact', () => {
  it('is violated by a count that starts again', () => {
    const run = history().sent(1).received(1).nackInvoke(1).release(1).at(2).grant(1, 'consumer-2', { count: 1 });
    expect(run.withVerdict('violated')).toEqual(['count-exact']);
    expect(run.verdict('count-exact').first?.text).toBe(
      'message 1 was handed out to consumer-2 at 2.000s with delivery count 1; 2 would be right',
    );
  });

  it('is violated by a first delivery that is not the first', () => {
    expect(history().sent(1).grant(1, 'consumer-1', { count: 2 }).deliver(1).withVerdict('violated')).toEqual(['count-exact']);
  });

  it('is violated by a delivery that shows another count than its lease', () => {
    const run = history().sent(1).grant(1).deliver(1, { count: 4 });
    expect(run.withVerdict('violated')).toEqual(['count-exact']);
    expect(run.verdict('count-exact').first?.text).toContain('reached consumer-1 at 0.000s with delivery count 4; it was handed out with 1');
  });

  it('is violated by a recovery that forgets a delivery, or invents one', () => {
    const forgotten = history().sent(1).received(1).at(30).expire(1).stop().recoverBegin().restore(1, { count: 0 }).recoverEnd();
    expect(forgotten.withVerdict('violated')).toEqual(['count-exact']);
    expect(forgotten.verdict('count-exact').first?.text).toContain('recovered message 1 at 30.000s with delivery count 0, when it had been delivered 1 times');
    expect(history().sent(1).received(1).at(30).expire(1).stop().recoverBegin().restore(1, { count: 2 }).recoverEnd().withVerdict('violated')).toEqual(['count-exact']);
  });

  it('is an anomaly when a power loss took receives that were not synced', () => {
    const run = history({ ...ORDERS, broker: { name: 'broker', flush: 'never' } }).sent(1).received(1).at(30).expire(1)
      .stop(StopCause.powerLoss).recoverBegin().restore(1, { count: 0 }).recoverEnd().received(1);
    expect(run.verdict('count-exact')).toMatchObject({ verdict: 'anomaly', count: 1 });
  });

  it('is an anomaly on a queue that is not strict', () => {
    expect(history({ ...ORDERS, strict: false }).sent(1).grant(1, 'c', { count: 3 }).verdict('count-exact').verdict).toBe('anomaly');
  });

  it('holds over redeliveries, dead-letter queues and receives that a crash forgot before they arrived', () => {
    const run = history().sent(1).received(1).at(30).expire(1).received(1).at(60).expire(1).move(1).received(1)
      .sent(2).grant(2).stop().recoverBegin().restore(1).restore(2, { count: 0 }).recoverEnd().received(2);
    expect(run.verdict('count-exact')).toMatchObject({ verdict: 'holds', exercised: 5 });
  });

  it('is not exercised without leases', () => {
    expect(history().sent(1).verdict('count-exact').verdict).toBe('not-exercised');
  });
});
