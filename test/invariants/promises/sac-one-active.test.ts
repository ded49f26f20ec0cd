import { describe, expect, it } from 'vitest';
import { EventKind, StopCause } from '../../../history/index.js';
import { history, type HistoryBuilder, withPush } from '../history-builder.js';

const alone = (): HistoryBuilder => history(withPush({ singleActive: { takesOver: false, priorities: {} }, keepsPosition: false })).comes().comes('consumer-2');
const verdict = (run: HistoryBuilder): string => run.verdict('sac-one-active').verdict;
const ends = (run: HistoryBuilder, consumer: string): HistoryBuilder => run.emit(EventKind.revoke, 'broker', { peer: consumer, dest: 'orders' });

describe('sac-one-active', () => {
  it('is violated by a message to another while the active consumer is there, whatever befell its machine', () => {
    expect(verdict(alone().sent(1).sent(2).received(1).acked(1).received(2, 'consumer-2'))).toBe('violated');
    expect(verdict(alone().sent(1).sent(2).received(1).fault('network-partition', 'consumer-1').received(2, 'consumer-2'))).toBe('violated');
  });

  it('holds when the active one has ended, or the broker has restarted', () => {
    expect(verdict(ends(alone().sent(1).sent(2).received(1), 'consumer-1').release(1).received(2, 'consumer-2'))).toBe('holds');
    expect(verdict(alone().sent(1).sent(2).received(1).restart(StopCause.kill, 1, 2).received(2, 'consumer-2'))).toBe('holds');
  });

  it('is violated when another has ended', () => {
    expect(verdict(ends(alone().sent(1).sent(2).received(1), 'consumer-3').received(2, 'consumer-2'))).toBe('violated');
  });

  it('is violated when another than the one whose turn it is follows', () => {
    const three = (priorities = {}, isByAge = false): HistoryBuilder => history(withPush({ singleActive: { takesOver: false, isByAge, priorities }, keepsPosition: false }))
      .comes().comes('consumer-2').comes('consumer-3').sent(1).sent(2).received(1).goes().expire(1);
    expect(verdict(three().received(1, 'consumer-2'))).toBe('holds');
    expect(verdict(three().received(1, 'consumer-3'))).toBe('violated');
    expect(verdict(three({ 'consumer-3': 5 }).received(1, 'consumer-3'))).toBe('holds');
    expect(verdict(three({ 'consumer-3': 5 }, true).received(1, 'consumer-3'))).toBe('violated');
    expect(verdict(three().goes('consumer-2').received(1, 'consumer-3'))).toBe('holds');
  });

  it('has the active one give way to one of higher priority where that may take over: it gets nothing more, and the other when it holds nothing', () => {
    const outranked = (): HistoryBuilder => history(withPush({ singleActive: { takesOver: true, priorities: { 'consumer-2': 5 } }, keepsPosition: false })).comes().sent(1).sent(2).received(1).comes('consumer-2');
    expect(verdict(outranked().received(2))).toBe('violated');
    expect(verdict(outranked().received(2, 'consumer-2'))).toBe('violated');
    expect(verdict(outranked().acked(1).received(2))).toBe('violated');
    expect(verdict(outranked().acked(1).received(2, 'consumer-2'))).toBe('holds');
  });

  it('does not say which of two consumers of the active client went, and takes the next one that gets a message for active', () => {
    expect(verdict(alone().comes().sent(1).sent(2).received(1).goes().expire(1).received(1, 'consumer-2').received(2, 'consumer-2'))).toBe('holds');
  });
});
