import { describe, expect, it } from 'vitest';
import { MoveReason, StopCause } from '../../../history/index.js';
import { history, type HistoryBuilder, ORDERS } from '../history-builder.js';

/** Received three times and moved to `dead`. */
function deadLettered(run: HistoryBuilder = history()): HistoryBuilder {
  run.sent(1);
  for (let i = 0; i < 3; i++) run.received(1).nackInvoke(1).release(1);
  return run.at(1).pollWait().move(1).pollEnd();
}

describe('dlq-conservation', () => {
  it('is violated by a second copy in the dead-letter queue', () => {
    const run = deadLettered().accept(1, 2, { queue: 'dead' });
    expect(run.withVerdict('violated')).toEqual(['dlq-conservation']);
    expect(run.verdict('dlq-conservation').first?.text).toBe('broker stored message 1 in dead at 1.000s once more than it was moved there');
  });

  it('is violated by a copy that is still handed out in its old queue', () => {
    const run = deadLettered().at(2).grant(1, 'consumer-2', { queue: 'orders', count: 4 });
    expect(run.withVerdict('violated')).toEqual(['dlq-conservation']);
    expect(run.verdict('dlq-conservation').first?.text).toBe('message 1 had moved to dead, and broker still had it in orders at 2.000s');
  });

  it('is violated when a crash leaves it in both queues', () => {
    const run = deadLettered().stop().recoverBegin().restore(1, { queue: 'dead' }).restore(1, { queue: 'orders' }).recoverEnd();
    expect(run.withVerdict('violated')).toEqual(['dlq-conservation']);
    expect(run.verdict('dlq-conservation').first?.text).toBe('broker recovered message 1 at 1.000s in dead and in orders');
  });

  it('is violated when a crash leaves it in neither', () => {
    const run = deadLettered().at(8).restart(StopCause.kill).drained();
    expect(run.withVerdict('violated')).toEqual(['acked-send-not-lost', 'dlq-conservation']);
    expect(run.verdict('dlq-conservation').first?.text).toBe('message 1 had moved to dead, and the recovery that ended at 8.000s did not find it');
  });

  it('says nothing of what a crash took before anybody had heard of it: it was never written', () => {
    const moved = (run: HistoryBuilder): HistoryBuilder => {
      for (let i = 0; i < 3; i++) run.grant(1).release(1);
      return run.move(1);
    };
    expect(moved(history().invoke(1).accept(1)).restart(StopCause.storage).drained().withVerdict('violated')).not.toContain('dlq-conservation');
    expect(moved(history().invoke(1).accept(1).sendOk(1)).restart(StopCause.storage).drained().withVerdict('violated')).toContain('dlq-conservation');
    expect(moved(history().invoke(1).accept(1).received(1).release(1)).restart(StopCause.storage).drained().withVerdict('violated')).toContain('dlq-conservation');
  });

  it('is violated when the dead-letter queue does not count it', () => {
    const run = deadLettered().ledger('dead', 0);
    expect(run.verdict('dlq-conservation').first?.text).toBe('1 message had moved to dead and not left it, but broker counted 0 there at 1.000s');
  });

  it('is an anomaly when the disk that had it was replaced', () => {
    const run = deadLettered().fault('disk-replace').restart(StopCause.kill).heal('disk-replace').drained();
    expect(run.verdict('dlq-conservation').verdict).toBe('anomaly');
    expect(run.withVerdict('violated')).toEqual([]);
  });

  it('holds when the move goes well, over a restart, a move that was not written, and a redrive', () => {
    const run = deadLettered().ledger('dead', 1).restart(StopCause.kill, 1).ledger('dead', 1)
      .move(1, 'orders', MoveReason.redrive).accept(1, 2).received(2).acked(2).ledger('dead', 0)
      .sent(3).received(3).move(3).stop().recoverBegin().restore(3, { queue: 'orders' }).recoverEnd().received(3);
    expect(run.verdict('dlq-conservation')).toMatchObject({ verdict: 'holds', exercised: 3 });
  });

  it('acquits a recovery that does not find what a consumer was about to acknowledge', () => {
    const run = deadLettered().received(1).ackInvoke(1).restart(StopCause.kill);
    expect(run.verdict('dlq-conservation').verdict).toBe('holds');
  });

  it('is not exercised without moves', () => {
    expect(history(ORDERS).life(1).ledger('dead', 0).verdict('dlq-conservation').verdict).toBe('not-exercised');
  });
});
