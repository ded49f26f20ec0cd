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

  it('waits for nothing that a producer began that is dead for good, and does not judge a run that did not drain', () => {
    const down = row(history(GUARDED), 1).emit(EventKind.nodeStop, 'keeper', { a: StopCause.kill });
    expect(verdictOf(down.drained()).verdict).toBe('holds');
    expect(verdictOf(row(history(GUARDED), 1).fault('pause', 'keeper').drained()).verdict).toBe('holds');
    expect(verdictOf(row(history(GUARDED), 1)).verdict).toBe('inconclusive');
  });
});
