import { describe, expect, it } from 'vitest';
import { CopyState, StopCause } from '../../../history/index.js';
import { history, ORDERS } from '../history-builder.js';

describe('lease-expiry-live', () => {
  it('is violated when a lease never ends although someone waits', () => {
    const run = history().sent(1).received(1).at(20).pollWait().at(40).pollEnd().ledger('orders', 0, 1);
    expect(run.withVerdict('violated')).toEqual(['lease-expiry-live']);
    expect(run.verdict('lease-expiry-live').first).toMatchObject({ atMicros: 40_000_000, message: 1, queue: 'orders' });
    expect(run.verdict('lease-expiry-live').first?.text).toBe(
      'the last lease of message 1 ended at 30.000s, and someone waited 10s for messages of orders at a working broker and it never came out',
    );
  });

  it('is violated by a lease that ends late, and by a message that stays ready', () => {
    expect(history().sent(1).received(1).at(20).pollWait().at(33).expire(1).received(1).withVerdict('violated')).toEqual(['lease-expiry-live']);
    expect(history().sent(1).pollWait().at(3).pollEnd().at(60).received(1).withVerdict('violated')).toEqual(['lease-expiry-live']);
  });

  it('is violated by a delayed message that never comes', () => {
    const run = history().sent(1, { delaySeconds: 10 }).pollWait().at(12);
    run.pollEnd();
    expect(run.verdict('lease-expiry-live').first?.text).toContain('message 1 was ready at 10.000s, and someone waited 2s');
  });

  it('adds up short waits', () => {
    const run = history().sent(1).received(1).at(30);
    for (let second = 31; second < 34; second++) run.at(second).pollWait().at(second + 0.4).pollEnd();
    expect(run.withVerdict('violated')).toEqual(['lease-expiry-live']);
  });

  it('holds when the message is handed out or dead-lettered within the bound', () => {
    const run = history().sent(1).received(1).at(10).pollWait().at(30.9).expire(1).pollEnd().received(1)
      .sent(2).at(50).pollWait().pollEnd().received(2).at(80).expire(2).at(90).pollWait().move(2).pollEnd();
    expect(run.verdict('lease-expiry-live')).toMatchObject({ verdict: 'holds', exercised: 2 });
  });

  it('acquits a queue where nobody waits', () => {
    expect(history().sent(1).received(1).at(500).received(1).verdict('lease-expiry-live').count).toBe(0);
  });

  it.each(['pause', 'disk-stall', 'slow-down'])('acquits a broker under the fault %s, and only while it lasts', (fault) => {
    const hindered = history().sent(1).received(1).at(20).fault(fault).pollWait().at(50).heal(fault).expire(1).received(1);
    expect(hindered.verdict('lease-expiry-live').verdict).toBe('holds');
    const late = history().sent(1).received(1).at(20).fault(fault).pollWait().at(50).heal(fault).at(52).expire(1).received(1);
    expect(late.verdict('lease-expiry-live').verdict).toBe('violated');
  });

  it('does not acquit it for a fault of a link or of another machine', () => {
    expect(history().sent(1).fault('network-partition').pollWait().at(5).received(1).verdict('lease-expiry-live').verdict).toBe('violated');
    expect(history().sent(1).fault('pause', 'consumer-1').pollWait().at(5).received(1).verdict('lease-expiry-live').verdict).toBe('violated');
  });

  it('acquits a broker that is down, whose polls are gone, and whose leases start again', () => {
    const run = history().sent(1).received(1).at(20).pollWait().at(25).stop(StopCause.kill).at(40).recoverBegin()
      .restore(1, { state: CopyState.leased, seconds: 30 }).recoverEnd().at(50).pollWait().at(70).expire(1).received(1);
    expect(run.verdict('lease-expiry-live').verdict).toBe('holds');
  });

  it('acquits a queue at its limit of messages in flight', () => {
    const run = history();
    for (let message = 1; message <= 120_000; message++) run.invoke(message).accept(message).grant(message, 'consumer-1', { seconds: 900 });
    run.sent(120_001).pollWait().at(60).pollEnd().settle(1).received(120_001);
    expect(run.verdict('lease-expiry-live').count).toBe(0);
  });

  it('stretches the bound by the drift of the clock: one that is slow by a tenth takes ten ninths of a time', () => {
    const slow = { ...ORDERS, clockDrift: 0.1 };
    expect(history(slow).sent(1).received(1).pollWait().at(34.3).expire(1).received(1).verdict('lease-expiry-live').count).toBe(0);
    expect(history(slow).sent(1).received(1).pollWait().at(34.4).expire(1).received(1).verdict('lease-expiry-live').count).toBe(1);
  });

  it('is not exercised when every lease ends with an acknowledgement', () => {
    expect(history().life(1).verdict('lease-expiry-live').verdict).toBe('not-exercised');
  });

  it('allows a delay the drift of the clock that measures it', () => {
    const slow = { ...ORDERS, clockDrift: 0.1 };
    const late = (seconds: number): string => history(slow).pollWait('consumer-1', 'orders', 60).sent(1, { delaySeconds: 20 }).at(seconds).received(1).verdict('lease-expiry-live').verdict;
    expect(late(23.2)).not.toBe('violated');
    expect(late(23.3)).toBe('violated');
  });
});
