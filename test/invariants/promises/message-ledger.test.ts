import { describe, expect, it } from 'vitest';
import { CopyState, StopCause } from '../../../history/index.js';
import { history, ORDERS } from '../history-builder.js';

describe('message-ledger', () => {
  it('is violated when the broker counts a message in flight that was dropped', () => {
    const run = history().sent(1).sent(2).sent(3).received(1).received(2).acked(2).drop(1).at(4).ledger('orders', 1, 1);
    expect(run.withVerdict('violated')).toEqual(['message-ledger']);
    expect(run.verdict('message-ledger').first).toEqual({
      atMicros: 4_000_000, message: 0, queue: 'orders',
      text: 'at 4.000s broker counted 1 ready, 1 leased and 0 delayed in orders; by its history (accepted 3, returned 0, moved in 0; '
        + 'settled 1, dropped 1, moved out 0, vanished 0) there were 1 ready, 0 leased and 0 delayed',
    });
  });

  it('is violated by the right sum in the wrong states', () => {
    expect(history().sent(1).sent(2).received(1).ledger('orders', 2, 0).withVerdict('violated')).toEqual(['message-ledger']);
    expect(history().sent(1).sent(2, { delaySeconds: 9 }).at(1).ledger('orders', 2).withVerdict('violated')).toEqual(['message-ledger']);
  });

  it('is an anomaly on a queue that is not strict, whose counters are approximate', () => {
    expect(history({ ...ORDERS, strict: false }).sent(1).ledger('orders', 0).verdict('message-ledger').verdict).toBe('anomaly');
  });

  it('holds through every way in and out', () => {
    const run = history().life(1).sent(2).drop(2).sent(3).move(3).sent(4).received(4).sent(5, { delaySeconds: 900 }).sent(6)
      .ledger('orders', 1, 1, 1).ledger('dead', 1)
      .stop(StopCause.kill).recoverBegin().restore(3).restore(4, { state: CopyState.leased, seconds: 30 })
      .restore(5, { state: CopyState.delayed, seconds: 900 }).recoverEnd()
      .ledger('orders', 0, 1, 1).ledger('dead', 1).at(30).expire(4).extendLease(4, 10).ledger('orders', 0, 1, 1);
    expect(run.verdict('message-ledger')).toMatchObject({ verdict: 'holds', exercised: 5 });
  });

  it('lets a delay end a little before or after the counters are read', () => {
    const run = history().sent(1, { delaySeconds: 5 }).at(5).ledger('orders', 1, 0, 0).ledger('orders', 0, 0, 1);
    expect(run.verdict('message-ledger').verdict).toBe('holds');
  });

  it('is not exercised by queues that never had a message', () => {
    expect(history().sent(1).ledger('dead', 0).verdict('message-ledger').verdict).toBe('not-exercised');
  });
});
