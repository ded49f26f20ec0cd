import { describe, expect, it } from 'vitest';
import { CopyState, StopCause } from '../../../history/index.js';
import { history, ORDERS } from '../history-builder.js';

describe('lease-exclusive', () => {
  it('is violated when a held message is handed to another consumer', () => {
    const run = history().sent(17).received(17, 'consumer-1').at(12.34).received(17, 'consumer-2');
    expect(run.withVerdict('violated')).toEqual(['lease-exclusive']);
    expect(run.verdict('lease-exclusive').first).toEqual({
      atMicros: 12_340_000, message: 17, queue: 'orders',
      text: 'message 17 was delivered to consumer-2 at 12.340s while consumer-1 held it until 30.000s',
    });
  });

  it('trips alone, however the two leases go on', () => {
    const run = history().sent(1).received(1, 'consumer-1').at(10).received(1, 'consumer-2').at(30).expire(1).at(31).received(1);
    expect(run.withVerdict('violated')).toEqual(['lease-exclusive']);
  });

  it('trips alone when a restart forgets the second lease of a tangled message', () => {
    const run = history().sent(1).received(1, 'consumer-1').at(1).received(1, 'consumer-2').at(2)
      .stop().recoverBegin().restore(1, { count: 1, state: CopyState.leased, seconds: 30 }).recoverEnd().at(32).expire(1);
    for (let i = 0; i < 3; i++) run.received(1).nackInvoke(1).release(1);
    expect(run.withVerdict('violated')).toEqual(['lease-exclusive']);
  });

  it('is violated although the holder crashed: its lease goes on', () => {
    const run = history().sent(1).received(1, 'consumer-1').at(1).stop(StopCause.kill, 'consumer-1').at(2).received(1, 'consumer-2');
    expect(run.withVerdict('violated')).toEqual(['lease-exclusive']);
  });

  it('counts an extension', () => {
    const run = history().sent(1).received(1).at(20).extendInvoke(1, 30).extendLease(1, 30).at(45).received(1, 'consumer-2');
    expect(run.verdict('lease-exclusive').first?.text).toContain('held it until 50.000s');
  });

  it('is an anomaly on a queue that is not strict, and within the drift of the clock', () => {
    expect(history({ ...ORDERS, strict: false }).sent(1).received(1).at(1).received(1, 'c2').verdict('lease-exclusive').verdict).toBe('anomaly');
    const drifting = history({ ...ORDERS, clockDrift: 0.01 }).sent(1).received(1).at(29.8).received(1, 'c2');
    expect(drifting.verdict('lease-exclusive').verdict).toBe('anomaly');
    expect(history({ ...ORDERS, clockDrift: 0.01 }).sent(1).received(1).at(29.6).received(1, 'c2').verdict('lease-exclusive').verdict).toBe('violated');
  });

  it('holds when the lease ended before: by its deadline, given back, or without a word at its time', () => {
    const run = history().sent(1).received(1).at(30).expire(1).received(1, 'consumer-2').nackInvoke(1).release(1)
      .received(1, 'consumer-3').at(60).received(1, 'consumer-4');
    expect(run.verdict('lease-exclusive')).toMatchObject({ verdict: 'holds', exercised: 4 });
  });

  it('is not exercised without leases', () => {
    expect(history().sent(1).verdict('lease-exclusive').verdict).toBe('not-exercised');
  });
});
