import { describe, expect, it } from 'vitest';
import { DropReason, EventKind, MoveReason, NO_DEADLINE_MICROS } from '../../../history/index.js';
import { history, type HistoryBuilder, withPush } from '../history-builder.js';

const KEEPING = withPush({ hasDeadLetters: true, keepsDeadLetters: true });

/** Message 1 waits to be dead-lettered. */
const setAside = (run: HistoryBuilder): HistoryBuilder => run.sent(1).received(1).release(1)
  .emit(EventKind.setAside, 'broker', { dest: 'orders', message: 1, copy: 1, a: MoveReason.rejected, c: NO_DEADLINE_MICROS });

describe('at-least-once-dlx', () => {
  it('convicts a queue that drops what it should keep', () => {
    expect(setAside(history(KEEPING)).drop(1, DropReason.purge).withVerdict('violated')).toContain('at-least-once-dlx');
  });

  it('knows nothing of a dead letter whose id was lost with the disk and given to another message', () => {
    const run = setAside(history(KEEPING)).fault('disk-replace').stop().heal('disk-replace').recoverBegin().recoverEnd().invoke(2).accept(2, 1).sendOk(2).drop(1, DropReason.purge);
    expect(run.withVerdict('violated')).toEqual([]);
  });
});
