import { describe, expect, it } from 'vitest';
import { CopyState, DropReason, EventKind, LetterFate, MoveReason, NO_DEADLINE_MICROS } from '../../../history/index.js';
import { history, type HistoryBuilder, withPush } from '../history-builder.js';

const KEEPING = withPush({ type: 'quorum', keepsPosition: false, hasDeadLetters: true, keepsDeadLetters: true });

/** Message 1 waits to be dead-lettered. */
const setAside = (run: HistoryBuilder): HistoryBuilder => run.sent(1).received(1).nackInvoke(1).release(1)
  .emit(EventKind.setAside, 'broker', { dest: 'orders', message: 1, copy: 1, a: MoveReason.rejected, c: NO_DEADLINE_MICROS });

describe('at-least-once-dlx', () => {
  it('convicts a queue that drops what it should keep', () => {
    expect(setAside(history(KEEPING)).drop(1, DropReason.purge).withVerdict('violated')).toContain('at-least-once-dlx');
  });

  it('knows that a recovery keeps it on, when nothing of its leaving was in the journal', () => {
    const published = (run: HistoryBuilder, copy: number): HistoryBuilder => run
      .emit(EventKind.deadLetter, 'broker', { peer: 'dead', dest: 'orders', message: 1, copy: 1, a: 1, b: MoveReason.rejected, c: LetterFate.stored })
      .accept(1, copy, { queue: 'dead' }).emit(EventKind.deathHeader, 'broker', { peer: 'orders', dest: 'dead', message: 1, copy, a: MoveReason.rejected, b: 1, c: 1 });
    const left = (run: HistoryBuilder): HistoryBuilder => run.emit(EventKind.move, 'broker', { peer: 'dead', dest: 'orders', message: 1, copy: 1, a: 1, b: MoveReason.rejected });
    const back = left(published(setAside(history(KEEPING)).nackInvoke(1), 2)).stop().recoverBegin()
      .emit(EventKind.restore, 'broker', { dest: 'orders', message: 1, copy: 1, a: 1, b: CopyState.delayed, c: NO_DEADLINE_MICROS }).restore(2).recoverEnd();
    expect(left(published(back, 3)).withVerdict('violated')).toEqual([]);
  });

  it('knows nothing of a dead letter whose id was lost with the disk and given to another message', () => {
    const run = setAside(history(KEEPING)).fault('disk-replace').stop().heal('disk-replace').recoverBegin().recoverEnd().invoke(2).accept(2, 1).sendOk(2).drop(1, DropReason.purge);
    expect(run.withVerdict('violated')).toEqual([]);
  });
});
