import { describe, expect, it } from 'vitest';
import { EventKind, StopCause } from '../../../history/index.js';
import { history, type HistoryBuilder, withPush } from '../history-builder.js';

const alone = (): HistoryBuilder => history(withPush({ singleActive: { takesOver: false, priorities: {} }, keepsPosition: false }));
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
});
