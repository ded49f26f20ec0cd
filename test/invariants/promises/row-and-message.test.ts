import { describe, expect, it } from 'vitest';
import { EventKind, LocalWrite, StopCause } from '../../../history/index.js';
import { GUARDED, history, type HistoryBuilder } from '../history-builder.js';

const row = (run: HistoryBuilder, message: number): HistoryBuilder => run.emit(EventKind.localWrite, 'keeper', { dest: 'orders', message, a: LocalWrite.row });
const sends = (run: HistoryBuilder, message: number): HistoryBuilder => run.invoke(message, { producer: 'keeper' });
const verdictOf = (run: HistoryBuilder) => run.verdict('row-and-message');

describe('row-and-message', () => {
  it('convicts a row whose message never came', () => {
    expect(verdictOf(row(history(GUARDED), 1).drained())).toMatchObject({ verdict: 'violated', count: 1 });
    expect(verdictOf(row(history(GUARDED), 1).drained()).first!.text).toMatch(/keeper committed the row of message 1 at .* never came to orders/);
  });

  it('convicts a message whose row never came', () => {
    const run = sends(history(GUARDED), 1).accept(1).received(1).acked(1);
    row(run, 2);
    sends(run, 2).accept(2).received(2).acked(2);
    expect(verdictOf(run.drained())).toMatchObject({ verdict: 'violated', count: 1 });
  });

  it('lets either half come first, and a second copy tell of the same row', () => {
    const run = row(history(GUARDED), 1);
    sends(run, 1).accept(1, 1).attempt(1, 2).accept(1, 2).received(1).acked(1).received(2).acked(2);
    sends(run, 3).accept(3).received(3).acked(3);
    expect(verdictOf(row(run, 3).drained()).verdict).toBe('holds');
  });

  it('says nothing of producers that keep no rows', () => {
    expect(verdictOf(history(GUARDED).life(1).drained()).verdict).toBe('not-exercised');
  });

  it('is an anomaly when no queue is bound for the message that was published', () => {
    const bare = { ...GUARDED, clients: GUARDED.clients.map((client) => (client.keepsRows === true ? { ...client, mayMissQueues: true } : client)) };
    const run = (message: number) => sends(row(history(bare), 1), 1).emit(EventKind.unroutable, 'broker', { dest: 'orders', message, a: 0 }).emit(EventKind.sendOk, 'keeper', { dest: 'orders', message: 1, a: 1 });
    expect(verdictOf(run(1).drained())).toMatchObject({ verdict: 'anomaly', count: 1, contract: expect.stringContaining('RabbitMQ confirms a publish that no queue is bound for') as unknown });
    expect(verdictOf(run(2).drained())).toMatchObject({ verdict: 'violated', count: 1 });
  });

  it('takes a message that came back as unroutable for told, whether its row was committed before that or after', () => {
    const returns = (run: HistoryBuilder, message: number): HistoryBuilder => sends(run, message).emit(EventKind.unroutable, 'broker', { peer: 'keeper', dest: 'orders', message, a: 1 });
    expect(verdictOf(returns(row(history(GUARDED), 1), 1).drained())).toMatchObject({ verdict: 'holds', exercised: 1 });
    expect(verdictOf(row(returns(history(GUARDED), 1), 1).drained())).toMatchObject({ verdict: 'holds', exercised: 1 });
    expect(verdictOf(row(returns(history(GUARDED), 1), 2).drained())).toMatchObject({ verdict: 'violated', count: 1 });
  });

  it('knows the row of a message that came back and finds a queue when it is published again', () => {
    const returns = (run: HistoryBuilder): HistoryBuilder => sends(run, 1).emit(EventKind.unroutable, 'broker', { peer: 'keeper', dest: 'orders', message: 1, a: 1 });
    const again = (run: HistoryBuilder): HistoryBuilder => run.attempt(1, 2).accept(1).received(1).acked(1);
    expect(verdictOf(again(returns(row(history(GUARDED), 1))).drained()).verdict).toBe('holds');
    expect(verdictOf(again(row(returns(history(GUARDED)), 1)).drained()).verdict).toBe('holds');
    expect(verdictOf(row(again(returns(history(GUARDED))), 1).drained()).verdict).toBe('holds');
    expect(verdictOf(row(again(returns(history(GUARDED))), 2).drained())).toMatchObject({ verdict: 'violated', count: 2 });
  });

  describe('of two writes that nothing ties together', () => {
    const APART = { ...GUARDED, clients: GUARDED.clients.map((client) => (client.keepsRows === true ? { ...client, writesApart: true } : client)) };
    const dies = (run: HistoryBuilder): HistoryBuilder => run.stop(StopCause.kill, 'keeper').emit(EventKind.nodeStart, 'keeper', { a: 2 });

    it('is an anomaly when the producer died between them, whichever came first', () => {
      expect(verdictOf(dies(row(history(APART), 1)).drained())).toMatchObject({ verdict: 'anomaly', count: 1, contract: expect.stringContaining('outbox') as unknown });
      expect(verdictOf(dies(sends(history(APART), 1).accept(1)).received(1).acked(1).drained()).verdict).toBe('anomaly');
    });

    it('is an anomaly when the send had no success', () => {
      expect(verdictOf(sends(row(history(APART), 1), 1).emit(EventKind.sendFail, 'keeper', { dest: 'orders', message: 1 }).drained()).verdict).toBe('anomaly');
      expect(verdictOf(sends(history(APART), 1).accept(1).emit(EventKind.sendInfo, 'keeper', { dest: 'orders', message: 1 }).received(1).acked(1).drained()).verdict).toBe('anomaly');
    });

    it('is violated when nothing kept the producer from the second, and when they are one transaction', () => {
      expect(verdictOf(row(history(APART), 1).drained()).verdict).toBe('violated');
      expect(verdictOf(row(dies(history(APART)), 1).drained()).verdict).toBe('violated');
      expect(verdictOf(dies(row(history(GUARDED), 1)).drained()).verdict).toBe('violated');
    });
  });

  it('waits for nothing that a producer began that is dead for good, and does not judge a run that did not drain', () => {
    const down = row(history(GUARDED), 1).emit(EventKind.nodeStop, 'keeper', { a: StopCause.kill });
    expect(verdictOf(down.drained()).verdict).toBe('holds');
    expect(verdictOf(row(history(GUARDED), 1).fault('pause', 'keeper').drained()).verdict).toBe('holds');
    expect(verdictOf(row(history(GUARDED), 1)).verdict).toBe('inconclusive');
  });
});
