import { describe, expect, it } from 'vitest';
import { EventKind, MoveReason } from '../../../history/index.js';
import { history, type HistoryBuilder, withPush } from '../history-builder.js';

/** The broker makes a dead letter of a copy; it says that it died so often for this reason. */
const dies = (run: HistoryBuilder, copy: number, letter: number, said: number): HistoryBuilder =>
  run.emit(EventKind.move, 'broker', { peer: 'dead', dest: 'orders', message: 1, copy, b: MoveReason.rejected, c: 1 }).accept(1, letter)
    .emit(EventKind.deathHeader, 'broker', { peer: 'orders', dest: 'orders', message: 1, copy: letter, a: MoveReason.rejected, b: said, c: 1 });
const verdict = (run: HistoryBuilder): string => run.verdict('dl-reason-and-death-header').verdict;
const classic = (): HistoryBuilder => history(withPush({ hasDeadLetters: true }));

describe('dl-reason-and-death-header', () => {
  it('counts deaths over the letters that follow from each other', () => {
    expect(verdict(dies(dies(classic().sent(1), 1, 2, 1), 2, 3, 2))).toBe('holds');
    expect(verdict(dies(dies(classic().sent(1), 1, 2, 1), 2, 3, 1))).toBe('violated');
  });

  it('says nothing of a copy that had left and that a recovery brought back, for its journal knows its deaths and nobody else', () => {
    const twice = dies(dies(classic().sent(1), 1, 2, 1), 2, 3, 2);
    const back = twice.stop().recoverBegin().restore(2).recoverEnd();
    expect(verdict(dies(dies(back, 2, 4, 2), 4, 5, 3))).toBe('holds');
  });

  it('knows the deaths of a copy that was there before a recovery and is there after it', () => {
    const back = dies(classic().sent(1), 1, 2, 1).stop().recoverBegin().restore(2).recoverEnd();
    expect(verdict(dies(back, 2, 3, 1))).toBe('violated');
  });
});
