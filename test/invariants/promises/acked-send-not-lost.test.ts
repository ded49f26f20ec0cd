import { describe, expect, it } from 'vitest';
import { DropReason, EventKind, StopCause } from '../../../history/index.js';
import { history, ORDERS } from '../history-builder.js';

const lazily = { ...ORDERS, broker: { name: 'broker', flush: 'interval' } } as const;

describe('acked-send-not-lost', () => {
  it('is violated when a recovery does not find an acknowledged message', () => {
    const run = history().at(0.25).sent(17).at(0.5).sent(18).at(12).restart(StopCause.powerLoss, 17).received(17).acked(17).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost']);
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ count: 1, exercised: 2, contract: '' });
    expect(run.verdict('acked-send-not-lost').first).toMatchObject({ atMicros: 12_000_000, message: 18, queue: 'orders' });
    expect(run.verdict('acked-send-not-lost').first?.text).toBe(
      'message 18 was acknowledged to producer-1 at 0.500s, and since 12.000s no copy of it is left, though no consumer had acknowledged it',
    );
  });

  it('is violated when a crash of the process alone loses it, whatever the flush policy', () => {
    const run = history(lazily).sent(1).restart(StopCause.kill).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost']);
  });

  it('is an anomaly when the power was lost and the journal is synced now and then', () => {
    const run = history(lazily).sent(1).restart(StopCause.powerLoss).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'anomaly', count: 1, met: true });
    expect(run.verdict('acked-send-not-lost').contract).toContain('before its journal is synced');
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('excuses only the recovery after the fault', () => {
    const run = history(lazily).sent(1).sent(2).restart(StopCause.powerLoss, 2).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'violated', count: 1 });
    expect(run.verdict('acked-send-not-lost').first?.message).toBe(2);
  });

  it.each(['disk-replace', 'bit-rot', 'misdirected-write'])('is an anomaly after %s, even when every reply waits for the disk', (fault) => {
    const run = history().sent(1).fault(fault).heal(fault).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('anomaly');
  });

  it('is violated by a corrupt record that no fault explains, and an anomaly when one does', () => {
    expect(history().sent(1).drop(1, DropReason.corrupt).drained().verdict('acked-send-not-lost').verdict).toBe('violated');
    expect(history().sent(1).fault('bit-rot').drop(1, DropReason.corrupt).drained().verdict('acked-send-not-lost').verdict).toBe('anomaly');
  });

  it('is violated when an acknowledged message was never stored', () => {
    const run = history().invoke(1).at(2).sendOk(1).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost']);
    expect(run.verdict('acked-send-not-lost').first?.text).toBe('message 1 was acknowledged to producer-1 at 2.000s and never stored in orders');
  });

  it('is violated when a message is taken out that no consumer asked to acknowledge', () => {
    const run = history().sent(1).received(1).at(4).settle(1).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost']);
    expect(run.verdict('acked-send-not-lost').first?.text).toBe(
      'message 1 was acknowledged to producer-1 at 0.000s and taken out of orders as acknowledged at 4.000s, though no consumer had asked for that',
    );
  });

  it('is violated when the acknowledgement of a lost copy takes out another message that was given its id', () => {
    const run = history(lazily).invoke(1).accept(1, 5).received(5).restart(StopCause.powerLoss).sendInfo(1);
    run.invoke(3).accept(3, 5).sendOk(3).emit(EventKind.ackInvoke, 'consumer-1', { dest: 'orders', message: 1, copy: 5, a: 5 }).settle(5).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'violated', count: 1, first: { message: 3 } });
  });

  it('is violated when the queue is empty and nothing took the message out', () => {
    const run = history().sent(1).ledger('orders', 0).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost', 'message-ledger']);
    expect(run.verdict('acked-send-not-lost').first?.text).toContain('the broker says that orders is empty');
  });

  it('takes the word of an empty queue only as long as nothing happens in it', () => {
    expect(history().life(1).ledger('orders', 0).sent(2).drained().verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  it('is an anomaly when damage shows at a later recovery', () => {
    const run = history().sent(1).fault('bit-rot').restart(StopCause.kill, 1).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('anomaly');
  });

  it('tells the earliest loss first', () => {
    const run = history().at(1).sent(1).sent(2).at(2).restart(StopCause.kill, 1).at(3).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ count: 2, first: { message: 2, atMicros: 2_000_000 } });
  });

  it('holds for what was acknowledged by a consumer, dropped by its owner, dead-lettered, or kept as another copy', () => {
    const run = history().life(1).sent(2).drop(2, DropReason.purge).sent(3).move(3)
      .invoke(4).accept(4, 4).attempt(4, 2).accept(4, 5).sendOk(4).restart(StopCause.kill, 3, 5).received(5).acked(5).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'holds', exercised: 4 });
  });

  it('holds when the acknowledgement was on its way as the broker stopped', () => {
    const run = history().sent(1).received(1).ackInvoke(1).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  it('never speaks of a send of unknown outcome', () => {
    const run = history().sent(9).acked(9).invoke(1).accept(1).sendInfo(1).restart(StopCause.kill).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  it('takes a late copy of another attempt for the message', () => {
    const run = history().invoke(1).accept(1, 1).attempt(1, 2).sendOk(1).restart(StopCause.kill).accept(1, 2).received(2).acked(2).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  it('is inconclusive when the run ended with messages inside and without a drain, or with the broker down', () => {
    expect(history().sent(1).verdict('acked-send-not-lost')).toMatchObject({ verdict: 'inconclusive', count: 0, met: true });
    expect(history().sent(1).drained(false).verdict('acked-send-not-lost').contract).toBe(
      'When the drain was given up, 1 acknowledged message had neither come out nor been lost.',
    );
    expect(history().sent(1).drained().stop().verdict('acked-send-not-lost').contract).toContain('The broker was down');
  });

  it('needs no drain when nothing is left inside', () => {
    expect(history().life(1).verdict('acked-send-not-lost').verdict).toBe('holds');
  });

  it('is not exercised when no send was acknowledged', () => {
    const run = history().invoke(1).accept(1).emit(EventKind.sendInfo, 'producer-1', { dest: 'orders', message: 1, a: 1 }).drained();
    expect(run.verdict('acked-send-not-lost').verdict).toBe('not-exercised');
  });
});
