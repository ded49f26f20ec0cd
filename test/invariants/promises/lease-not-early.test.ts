import { describe, expect, it } from 'vitest';
import { CopyState, EventKind, StopCause } from '../../../history/index.js';
import { history, type HistoryBuilder, ORDERS } from '../history-builder.js';

const lazily = { ...ORDERS, broker: { name: 'broker', flush: 'interval' } } as const;

describe('lease-not-early', () => {
  it('is violated by a lease that ends before its deadline', () => {
    const run = history().sent(1).received(1).at(29.5).expire(1).received(1, 'consumer-2');
    expect(run.withVerdict('violated')).toEqual(['lease-not-early']);
    expect(run.verdict('lease-not-early').first?.text).toBe(
      'the lease of message 1 by consumer-1 ended at 29.500s, 500ms before its time at 30.000s',
    );
  });

  it('is violated by an extension that does not last', () => {
    const run = history().sent(1).received(1).at(20).extendInvoke(1, 30).extendLease(1, 30).at(20.03).expire(1);
    expect(run.withVerdict('violated')).toEqual(['lease-not-early']);
  });

  it('is violated by an extension that the broker took for another unit', () => {
    const run = history().sent(1).received(1).at(20).extendInvoke(1, 30).extendLease(1, 0.03).at(20.03).expire(1);
    expect(run.verdict('lease-not-early').first?.text).toContain('before its time at 50.000s');
  });

  it('is violated by a lease that is given back though nobody asked', () => {
    const run = history().sent(1).received(1).at(1).release(1);
    expect(run.withVerdict('violated')).toEqual(['lease-not-early']);
    expect(run.verdict('lease-not-early').first?.text).toContain('was given back by nobody at 1.000s');
  });

  it('is violated when a recovery forgets a lease and the message is handed out', () => {
    const run = history().sent(1).received(1).at(5).restart(StopCause.kill, 1).at(6).received(1, 'consumer-2');
    expect(run.withVerdict('violated')).toEqual(['lease-not-early']);
    expect(run.verdict('lease-not-early').first?.text).toContain('was forgotten in a recovery at 6.000s');
  });

  it('is violated when a recovered lease ends before the time that its consumer was promised', () => {
    const run = history().sent(1).received(1).at(5).stop().recoverBegin().restore(1, { state: CopyState.leased, seconds: 10 }).recoverEnd()
      .at(15).expire(1);
    expect(run.withVerdict('violated')).toEqual(['lease-not-early']);
  });

  it('takes an extension for promised when its consumer has heard of it, and not before', () => {
    const extended = (isHeard: boolean): HistoryBuilder => {
      const run = history().sent(1).received(1).at(5).extendInvoke(1, 100).extendLease(1, 100);
      if (isHeard) run.emit(EventKind.extendOk, 'consumer-1', { dest: 'orders', message: 1, copy: 1, a: run.handle(1), b: 100_000_000 });
      return run.at(6).stop().recoverBegin().restore(1, { state: CopyState.leased, seconds: 30 }).recoverEnd().at(36).expire(1);
    };
    expect(extended(false).withVerdict('violated')).toEqual([]);
    expect(extended(true).withVerdict('violated')).toEqual(['lease-not-early']);
  });

  it('is an anomaly when a power loss took a lease that was not synced', () => {
    const run = history(lazily).sent(1).received(1).at(5).restart(StopCause.powerLoss, 1).at(6).received(1, 'consumer-2');
    expect(run.verdict('lease-not-early').verdict).toBe('anomaly');
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('is an anomaly within the bound of a drifting clock, and violated beyond it', () => {
    const drifting = { ...ORDERS, clockDrift: 0.01 };
    expect(history(drifting).sent(1).received(1).at(29.7).expire(1).verdict('lease-not-early').verdict).toBe('anomaly');
    expect(history(drifting).sent(1).received(1).at(29.6).expire(1).verdict('lease-not-early').verdict).toBe('violated');
  });

  it('holds for leases that end in time, that are given back, that a consumer cut short, or that start again after a restart', () => {
    const run = history().sent(1).received(1).at(30).expire(1)
      .sent(2).received(2).nackInvoke(2).release(2)
      .sent(3).received(3).nackInvoke(3, 5).extendLease(3, 5).at(35).expire(3)
      .sent(4).received(4).at(40).stop().recoverBegin().restore(1).restore(2).restore(3).restore(4, { state: CopyState.leased, seconds: 30 })
      .recoverEnd().at(70).expire(4);
    expect(run.verdict('lease-not-early')).toMatchObject({ verdict: 'holds', exercised: 4 });
  });

  it('holds when a recovery forgets a lease whose delivery had never arrived', () => {
    const run = history().sent(1).grant(1).at(5).restart(StopCause.kill, 1).at(6).received(1, 'consumer-2').acked(1);
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('is not exercised when every lease ends with an acknowledgement', () => {
    expect(history().life(1).verdict('lease-not-early').verdict).toBe('not-exercised');
  });
});
