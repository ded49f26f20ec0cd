import { describe, expect, it } from 'vitest';
import { EventKind, Guard } from '../../../history/index.js';
import { GUARDED, history, HistoryBuilder, ORDERS } from '../history-builder.js';

const guard = (run: HistoryBuilder, what: Guard): HistoryBuilder => run.emit(EventKind.clientGuard, 'producer-1', { dest: 'orders', a: what });
const verdictOf = (run: HistoryBuilder) => run.verdict('client-guards');

describe('client-guards', () => {
  it('counts what is earned: two messages that are accepted at once pay for a retry', () => {
    const spent = (): HistoryBuilder => history(GUARDED).invoke(1).paidAttempt(1, 2).accept(1);
    expect(verdictOf(spent().invoke(2).paidAttempt(2, 2)).verdict).toBe('violated');
    expect(verdictOf(spent().life(3).life(4).invoke(2).paidAttempt(2, 2)).verdict).toBe('holds');
    expect(verdictOf(spent().life(3).invoke(2).paidAttempt(2, 2)).verdict).toBe('violated');
  });

  it('gives back what a retry cost that succeeded, and no more than the bucket holds', () => {
    const paid = (): HistoryBuilder => history(GUARDED).invoke(1).paidAttempt(1, 2).accept(1).emit(EventKind.sendOk, 'producer-1', { dest: 'orders', message: 1, a: 2 });
    expect(verdictOf(paid().invoke(2).paidAttempt(2, 2)).verdict).toBe('holds');
    expect(verdictOf(paid().invoke(2).paidAttempt(2, 2).paidAttempt(2, 3)).verdict).toBe('violated');
  });

  it('convicts a retry that was not paid for', () => {
    expect(verdictOf(history(GUARDED).invoke(1).attempt(1, 2)).verdict).toBe('violated');
  });

  it('charges a retry when it is paid for, not when it is made: what is earned meanwhile counts', () => {
    const run = history(GUARDED).invoke(1).emit(EventKind.clientGuard, 'producer-1', { dest: 'orders', message: 1, a: Guard.retryPaid }).life(2).life(3).attempt(1, 2);
    expect(verdictOf(run.invoke(4).paidAttempt(4, 2)).verdict).toBe('holds');
  });

  it('does not count what a program sends anew', () => {
    const run = history(GUARDED).invoke(1).paidAttempt(1, 2).accept(1).invoke(2);
    expect(verdictOf(run.emit(EventKind.sendAttempt, 'producer-1', { dest: 'orders', message: 2, a: 4, b: 1 })).verdict).toBe('holds');
  });

  it('expects a circuit breaker to let trials through when its time is over', () => {
    expect(verdictOf(guard(history(GUARDED), Guard.breakerOpened).at(4).life(1)).verdict).toBe('not-exercised');
    expect(verdictOf(guard(history(GUARDED), Guard.breakerOpened).at(7).life(1)).verdict).toBe('violated');
    expect(verdictOf(guard(guard(history(GUARDED), Guard.breakerOpened).at(5), Guard.breakerHalfOpen).at(60).life(1)).verdict).toBe('holds');
  });

  it('asks nothing of a client that was paused, and nothing of one without guards', () => {
    const run = guard(history(GUARDED), Guard.breakerOpened).at(1).fault('pause', 'producer-1').at(60).life(1);
    expect(verdictOf(run).verdict).toBe('not-exercised');
    expect(verdictOf(new HistoryBuilder(ORDERS, { 'client-guards': 'not-exercised' }).invoke(1).attempt(1, 2).attempt(1, 3)).verdict).toBe('not-exercised');
  });
});
