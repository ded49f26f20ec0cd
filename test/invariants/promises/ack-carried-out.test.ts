import { describe, expect, it } from 'vitest';
import { EventKind, ExpireCause, LostBy, OutcomeReason, StopCause } from '../../../history/index.js';
import { CLASSIC, history, type HistoryBuilder, withPush } from '../history-builder.js';

const verdict = (run: HistoryBuilder): string => run.verdict('ack-carried-out').verdict;
const acknowledged = (): HistoryBuilder => history(CLASSIC).comes().sent(1).received(1).ackInvoke(1).at(1);

describe('ack-carried-out', () => {
  it('is violated when what was acknowledged comes back, or is held to be in work a minute later', () => {
    expect(verdict(acknowledged().goes().expire(1))).toBe('violated');
    expect(verdict(acknowledged().at(70).drained())).toBe('violated');
    expect(verdict(acknowledged().at(30).drained())).toBe('not-exercised');
  });

  it('does not ask for what may be lost with a connection, with the broker, or with a channel that was closed', () => {
    expect(verdict(acknowledged().fault('half-open', 'consumer-1').goes().expire(1))).toBe('not-exercised');
    expect(verdict(acknowledged().stop(StopCause.kill, 'consumer-1').goes().expire(1))).toBe('not-exercised');
    expect(verdict(acknowledged().emit(EventKind.connectionLost, 'broker', { peer: 'consumer-1', a: LostBy.silence }).goes().expire(1))).toBe('not-exercised');
    expect(verdict(acknowledged().emit(EventKind.connectionLost, 'consumer-1', { peer: 'broker', a: LostBy.silence }).goes().expire(1))).toBe('not-exercised');
    expect(verdict(acknowledged().emit(EventKind.connectionLost, 'broker', { peer: 'consumer-2', a: LostBy.silence }).goes().expire(1))).toBe('violated');
    expect(verdict(acknowledged().restart(StopCause.kill, 1))).toBe('not-exercised');
    expect(verdict(acknowledged().goes().timedOut(1, ExpireCause.channelTimedOut))).toBe('not-exercised');
  });

  it('does not ask for what a quorum queue may not have been told when the channel was closed, and does when its log was synced since', () => {
    const closed = (syncedTo: number | null): HistoryBuilder => {
      const run = history(withPush({ type: 'quorum', keepsPosition: false, returns: 'first' })).comes().sent(1).received(1).ackInvoke(1).at(5);
      return (syncedTo === null ? run : run.synced(5 - syncedTo)).at(6).goes().expire(1);
    };
    expect(verdict(closed(null))).toBe('not-exercised');
    expect(verdict(closed(0.5))).toBe('not-exercised');
    expect(verdict(closed(1.5))).toBe('violated');
  });

  it('does not ask for what is said behind an acknowledgement that ends the channel, and does for what is said before', () => {
    const says = (run: HistoryBuilder, copy: number): HistoryBuilder =>
      run.ackInvoke(copy).emit(EventKind.ackInfo, 'consumer-1', { dest: 'orders', message: copy, copy, a: run.handle(copy), b: OutcomeReason.unconfirmed });
    const all = (order: readonly number[]): HistoryBuilder =>
      order.reduce(says, history(CLASSIC).comes().sent(1).sent(2).received(1).received(2)).settle(1).goes().expire(2);
    expect(verdict(all([1, 1, 2]))).toBe('holds');
    expect(verdict(all([2, 1, 1]))).toBe('violated');
  });

  it('does not take the acknowledgement of an earlier delivery for one of this', () => {
    const run = history(CLASSIC).comes().comes('consumer-2').sent(1).received(1).fault('half-open', 'consumer-1').ackInvoke(1).goes().expire(1).received(1, 'consumer-2').goes('consumer-2').expire(1);
    expect(run.withVerdict('violated')).toEqual([]);
  });
});
