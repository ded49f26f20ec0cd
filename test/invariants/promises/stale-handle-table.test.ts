import { describe, expect, it } from 'vitest';
import { CopyState, EventKind, HandleState, OutcomeReason, StopCause } from '../../../history/index.js';
import { CLASSIC, FIFO, history, type HistoryBuilder, ORDERS, SECOND } from '../history-builder.js';

const lazily = { ...ORDERS, broker: { name: 'broker', flush: 'never' } } as const;

/** Received twice and acknowledged under the second lease; the journal knows the first, which runs. */
const secondLeaseLost = (run: HistoryBuilder, cause: StopCause): HistoryBuilder =>
  run.sent(1).received(1).at(1).nackInvoke(1).release(1).received(1, 'consumer-2').at(2).stop(cause).recoverBegin()
    .restore(1, { count: 1, state: CopyState.leased, seconds: 30 }).recoverEnd().at(3).ackInvoke(1).ackFail(1);

describe('stale-handle-table, changes of a lease', () => {
  it('a lease that has ended is changed in a standard queue, and not in a FIFO queue', () => {
    const standard = history().sent(1).received(1).at(30).expire(1).extendInvoke(1, 30).extendLease(1, 30);
    expect(standard.verdict('stale-handle-table').verdict).toBe('holds');
    const fifo = history(FIFO).sentTo(1).received(1).at(30).expire(1).extendInvoke(1, 30).extendLease(1, 30);
    expect(fifo.verdict('stale-handle-table')).toMatchObject({ verdict: 'violated', count: 1 });
    expect(fifo.verdict('stale-handle-table').first?.text).toContain('was changed at 30.000s, though it had ended at 30.000s');
  });

  it('a negative acknowledgement is refused when the lease has ended, and not before', () => {
    const late = history(FIFO).sentTo(1).received(1).at(30).expire(1).nackInvoke(1).nackFail(1);
    expect(late.verdict('stale-handle-table').verdict).toBe('holds');
    const early = history(FIFO).sentTo(1).received(1).at(20).nackInvoke(1).nackFail(1);
    expect(early.verdict('stale-handle-table')).toMatchObject({ verdict: 'violated', count: 1 });
    expect(early.verdict('stale-handle-table').first?.text).toContain('though its lease runs until');
  });
});

describe('stale-handle-table', () => {
  it('acquits the refusal of a handle whose lease a power loss took, though an older lease runs', () => {
    expect(secondLeaseLost(history(lazily), StopCause.powerLoss).withVerdict('violated')).toEqual([]);
  });

  it('knows no handle of a lease that a crash took before anybody heard of it: the one before is good again', () => {
    const run = history(FIFO).sentTo(1).received(1).at(30).ackInvoke(1).expire(1).grant(1, 'consumer-2').stop(StopCause.kill).recoverBegin()
      .restore(1, { count: 1, state: CopyState.leased, seconds: 30 }).recoverEnd().settle(1, HandleState.current, 1_048_577);
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('acquits the refusal of a handle from before a disk was replaced, though the same number was given again', () => {
    const run = history(FIFO).sentTo(1).received(1).ackInvoke(1).fault('disk-replace').stop().heal('disk-replace').recoverBegin().recoverEnd()
      .accept(1, 1, { queue: 'jobs.fifo' }).place(1).grant(1).ackFail(1);
    expect(run.verdict('stale-handle-table').verdict).not.toBe('violated');
  });

  /** The lease of a message is lost, and the next one has its handle again; then the acknowledgement of the first is refused. */
  const handleGivenAgain = (run: HistoryBuilder): HistoryBuilder => run.stop(StopCause.storage).recoverBegin().restore(1, { count: 0 }).recoverEnd()
    .emit(EventKind.leaseGrant, 'broker', { peer: 'consumer-1', dest: 'jobs.fifo', message: 1, copy: 1, a: run.handle(1), b: 1, c: 30 * SECOND }).at(2).ackFail(1);

  it('acquits the refusal of a handle from before its lease was damaged, though the next lease has the same', () => {
    const run = handleGivenAgain(history(FIFO).sentTo(1).received(1).ackInvoke(1).at(1).fault('misdirected-write').heal('misdirected-write'));
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('convicts the refusal of the next handle all the same', () => {
    const run = handleGivenAgain(history(FIFO).sentTo(1).received(1).ackInvoke(1).at(1).fault('misdirected-write').heal('misdirected-write'));
    run.at(40).expire(1).grant(1).at(41).ackFail(1);
    expect(run.withVerdict('violated')).toEqual(['stale-handle-table']);
  });

  it('acquits what an old handle does to another message whose id was lost to damage and given again', () => {
    const run = history().sent(1).received(1).at(1).fault('bit-rot').stop().recoverBegin().corruption(1).recoverEnd().invoke(2).accept(2, 1).sendOk(2).at(2).settle(1).drained();
    expect(run.verdict('acked-send-not-lost')).toMatchObject({ verdict: 'anomaly', count: 2 });
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('convicts it where nothing may take a lease', () => {
    const run = secondLeaseLost(history(), StopCause.kill);
    expect(run.verdict('stale-handle-table')).toMatchObject({ verdict: 'violated', count: 1 });
    expect(run.verdict('stale-handle-table').first?.text).toContain('by consumer-2 was refused');
  });

  it('convicts the refusal of a handle that the journal kept', () => {
    const run = history(lazily).sent(1).received(1).at(2).stop(StopCause.powerLoss).recoverBegin()
      .restore(1, { state: CopyState.leased, seconds: 30 }).recoverEnd().at(3).ackInvoke(1).ackFail(1);
    expect(run.withVerdict('violated')).toEqual(['stale-handle-table']);
  });
});

describe('stale-handle-table, handles of more than twelve hours', () => {
  const HOUR = 3_600;
  /** Received at the start and once more after six hours; the first handle is used at a time, or the second. */
  const receivedTwice = (run = history()): HistoryBuilder => run.sent(1).received(1).at(30).expire(1).at(6 * HOUR).received(1, 'consumer-2');
  const firstHandle = (run: HistoryBuilder): number => run.handle(1) - 1;
  const used = (run: HistoryBuilder, hours: number, handle: number): HistoryBuilder => run.at(hours * HOUR).settle(1, HandleState.superseded, handle);

  it('convicts what is carried out with one that a later receive has replaced', () => {
    const run = receivedTwice();
    expect(used(run, 12.5, firstHandle(run)).withVerdict('violated')).toContain('stale-handle-table');
    expect(run.verdict('stale-handle-table').first?.text).toContain('with a handle of 0.000s, 12h 30min old');
  });

  it('acquits it before that, and with the newer one', () => {
    const early = receivedTwice();
    expect(used(early, 11.5, firstHandle(early)).verdict('stale-handle-table').count).toBe(0);
    const newer = receivedTwice();
    expect(used(newer, 12.5, newer.handle(1)).verdict('stale-handle-table').count).toBe(0);
  });

  it('acquits it after a recovery, which knows no times', () => {
    const run = receivedTwice().at(11 * HOUR).stop(StopCause.kill).recoverBegin().restore(1, { count: 2 }).recoverEnd();
    expect(used(run, 12.5, firstHandle(run)).verdict('stale-handle-table').count).toBe(0);
  });

  it('is put to the test by a refusal', () => {
    const run = receivedTwice();
    run.at(13 * HOUR).ackInvoke(1).emit(EventKind.ackFail, 'consumer-1', { dest: 'orders', message: 1, copy: 1, a: firstHandle(run), b: OutcomeReason.rejected });
    expect(run.verdict('stale-handle-table')).toMatchObject({ verdict: 'holds', exercised: 1 });
  });
});

describe('stale-handle-table, delivery tags acknowledged twice', () => {
  /** An acknowledgement that is said on a channel, and that nobody answers. */
  const acknowledges = (run: HistoryBuilder, copy: number): HistoryBuilder =>
    run.ackInvoke(copy).emit(EventKind.ackInfo, 'consumer-1', { dest: 'orders', message: copy, copy, a: run.handle(copy), b: OutcomeReason.unconfirmed });
  const held = (run: HistoryBuilder): HistoryBuilder => run.sent(1).sent(2).received(1).received(2);
  /** Two messages in the hands of a consumer, who acknowledges the first twice and then the second. */
  const twice = (): HistoryBuilder => acknowledges(acknowledges(acknowledges(held(history(CLASSIC).comes()), 1).settle(1), 1), 2);

  it('convicts a broker that goes on with the channel', () => {
    const run = twice().settle(2);
    expect(run.withVerdict('violated')).toEqual(['stale-handle-table']);
    expect(run.verdict('stale-handle-table').first?.text).toContain('on a channel on which that had acknowledged another delivery twice before');
  });

  it('acquits one that ends the channel, and takes what is said on the next one', () => {
    const run = acknowledges(twice().goes().expire(2).comes().received(2), 2).settle(2);
    expect(run.verdict('stale-handle-table')).toMatchObject({ verdict: 'holds', exercised: 1 });
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('acquits a broker of what comes after an acknowledgement that had no channel to be said on, though the delivery has the same number again', () => {
    const failed = held(history(CLASSIC).comes()).ackInvoke(1);
    failed.emit(EventKind.ackFail, 'consumer-1', { dest: 'orders', message: 1, copy: 1, a: failed.handle(1), b: OutcomeReason.connectionLost });
    expect(acknowledges(acknowledges(failed, 1).settle(1), 2).settle(2).verdict('stale-handle-table')).toMatchObject({ count: 0, exercised: 0 });
  });

  it('says nothing of SQS, where a delete may be repeated', () => {
    const run = held(history()).ackInvoke(1).settle(1).ackInvoke(1).ackInvoke(2).settle(2);
    expect(run.verdict('stale-handle-table').verdict).toBe('not-exercised');
  });
});
