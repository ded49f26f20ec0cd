import { describe, expect, it } from 'vitest';
import { EventKind, HandleState, StopCause } from '../../../history/index.js';
import { history, ORDERS } from '../history-builder.js';

const lazily = { ...ORDERS, broker: { name: 'broker', flush: 'never' } } as const;

describe('acked-not-redelivered', () => {
  it('is violated when an acknowledged message comes back after a restart and is handed out', () => {
    const run = history().life(1).at(5).restart(StopCause.kill, 1).at(6).received(1, 'consumer-2');
    expect(run.withVerdict('violated')).toEqual(['acked-not-redelivered']);
    expect(run.verdict('acked-not-redelivered')).toMatchObject({ count: 1, exercised: 1 });
    expect(run.verdict('acked-not-redelivered').first?.text).toBe(
      'message 1 was handed out to consumer-2 at 6.000s (delivery count 2), although its acknowledgement had been confirmed: the broker had the copy again, from its journal or from a storage server that had missed the removal',
    );
  });

  it('is violated when the broker confirms an acknowledgement and does nothing', () => {
    const run = history().sent(1).received(1).ackInvoke(1).ackOk(1).at(30).expire(1).at(31).received(1, 'consumer-2');
    expect(run.withVerdict('violated')).toEqual(['acked-not-redelivered']);
  });

  it('is violated when a settled message is handed out without a restart', () => {
    const run = history().life(1).grant(1, 'consumer-2');
    expect(run.withVerdict('violated')).toContain('acked-not-redelivered');
  });

  it('is an anomaly when a power loss took an acknowledgement that was not synced', () => {
    const run = history(lazily).life(1).restart(StopCause.powerLoss, 1).received(1);
    expect(run.verdict('acked-not-redelivered').verdict).toBe('anomaly');
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('is an anomaly on a queue that is not strict', () => {
    const run = history({ ...ORDERS, strict: false }).sent(1).received(1).ackInvoke(1).ackOk(1).at(30).expire(1).received(1);
    expect(run.verdict('acked-not-redelivered')).toMatchObject({ verdict: 'anomaly', count: 1 });
  });

  it('acquits a delivery that left before the acknowledgement and arrives after it', () => {
    const run = history().sent(1).grant(1).at(30).expire(1).received(1, 'consumer-2').acked(1).deliver(1);
    expect(run.verdict('acked-not-redelivered').verdict).toBe('holds');
  });

  it('says nothing of a confirmation for a lease that another had replaced', () => {
    const run = history().sent(1).received(1).at(30).expire(1);
    const stale = run.handle(1);
    run.received(1, 'consumer-2').emit(EventKind.ackOk, 'consumer-1', { dest: 'orders', message: 1, copy: 1, a: stale }).at(60).expire(1).received(1);
    expect(run.verdict('acked-not-redelivered').verdict).toBe('not-exercised');
  });

  it('says nothing of a confirmation when the lease had ended and the message stayed', () => {
    const run = history().sent(1).received(1).ackInvoke(1).at(30).expire(1).ackOk(1).received(1, 'consumer-2');
    expect(run.verdict('acked-not-redelivered').verdict).toBe('not-exercised');
  });

  it('acquits another message that was given the id of one that a power loss took', () => {
    const run = history(lazily).life(1).restart(StopCause.powerLoss).invoke(2).accept(2, 1).sendOk(2).received(1);
    expect(run.verdict('acked-not-redelivered')).toMatchObject({ verdict: 'holds', exercised: 1 });
  });

  it('says nothing of a repeated acknowledgement that finds the message in another queue', () => {
    const run = history().sent(1).received(1).at(30).expire(1).ackInvoke(1).settle(1, HandleState.expired).restart(StopCause.powerLoss, 1)
      .at(31).pollWait().move(1).pollEnd().ackOk(1).received(1);
    expect(run.verdict('acked-not-redelivered').verdict).toBe('not-exercised');
  });

  it('counts an acknowledgement with an expired handle that settled the message', () => {
    const run = history().sent(1).received(1).at(30).expire(1).ackInvoke(1).settle(1, HandleState.expired).ackOk(1);
    expect(run.verdict('acked-not-redelivered')).toMatchObject({ verdict: 'holds', exercised: 1 });
  });

  it('acquits the other copy of a retried send', () => {
    const run = history().invoke(1).accept(1, 1).attempt(1, 2).accept(1, 2).sendOk(1).received(1).acked(1).received(2);
    expect(run.verdict('acked-not-redelivered').verdict).toBe('holds');
  });

  it('acquits an acknowledgement that nobody heard of', () => {
    const run = history().sent(1).received(1).ackInvoke(1).settle(1).restart(StopCause.kill, 1).received(1);
    expect(run.verdict('acked-not-redelivered').verdict).toBe('not-exercised');
  });
});
