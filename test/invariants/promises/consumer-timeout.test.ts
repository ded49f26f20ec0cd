import { describe, expect, it } from 'vitest';
import { ExpireCause } from '../../../history/index.js';
import { history, type HistoryBuilder, SECOND, TIMED, withPush } from '../history-builder.js';

const verdict = (run: HistoryBuilder): string => run.verdict('consumer-timeout').verdict;
const timed = (timeout: { readonly seconds: number; readonly most?: number; readonly ends: 'channel' | 'consumer' }): HistoryBuilder =>
  history(withPush({ consumerTimeout: { leastMicros: timeout.seconds * SECOND, mostMicros: (timeout.most ?? timeout.seconds) * SECOND, ends: timeout.ends } }));
/** Two messages are handed out, 900 seconds apart; half an hour is allowed. */
const held = (run = history(TIMED)): HistoryBuilder => run.comes().sent(1).received(1).at(900).sent(2).received(2);

describe('consumer-timeout', () => {
  it('holds when a channel is closed for its oldest delivery, and what else it held comes back too', () => {
    expect(verdict(held().at(1_800).goes().timedOut(1).timedOut(2))).toBe('holds');
    expect(verdict(held().at(1_860).goes().timedOut(2).timedOut(1))).toBe('holds');
  });

  it('is violated when no delivery was held for so long', () => {
    const run = held().at(1_700).goes().timedOut(1).timedOut(2);
    expect(run.verdict('consumer-timeout')).toMatchObject({ verdict: 'violated', count: 1, first: { message: 1 } });
  });

  it('is violated when a delivery is still there a minute after its time was over', () => {
    expect(verdict(held().at(1_900).acked(1))).toBe('violated');
    expect(verdict(held().at(1_900).nackInvoke(1).release(1))).toBe('violated');
    expect(verdict(held().at(1_900).goes().expire(1).expire(2))).toBe('violated');
    expect(verdict(held().at(1_900).drained())).toBe('violated');
  });

  it('holds when it is acknowledged within the minute in which nobody looks', () => {
    expect(verdict(held().at(1_850).acked(1).acked(2))).toBe('holds');
  });

  it('does not count time in which a fault hinders the broker', () => {
    expect(verdict(held().fault('pause').at(4_000).heal('pause').at(4_030).goes().timedOut(1).timedOut(2))).toBe('holds');
  });

  it('takes each delivery by itself where a consumer is cancelled, and to the instant', () => {
    const cancelled = (): HistoryBuilder => held(timed({ seconds: 1_800, ends: 'consumer' }));
    expect(verdict(cancelled().at(1_800).goes().timedOut(1, ExpireCause.consumerTimedOut))).toBe('holds');
    expect(verdict(cancelled().at(1_800).goes().timedOut(1, ExpireCause.consumerTimedOut).timedOut(2, ExpireCause.consumerTimedOut))).toBe('violated');
    expect(verdict(cancelled().at(1_802).acked(1))).toBe('violated');
  });

  it('lets a time that an operator changes be any of those that it may be', () => {
    expect(verdict(held(timed({ seconds: 1_000, most: 1_800, ends: 'channel' })).at(1_100).goes().timedOut(1).timedOut(2))).toBe('holds');
    expect(verdict(held(timed({ seconds: 1_000, most: 1_800, ends: 'channel' })).at(1_850).acked(1).acked(2))).toBe('holds');
  });

  it('is violated by a timeout where there is none, although nothing else puts it to the test', () => {
    const none = withPush({ consumerTimeout: { leastMicros: Infinity, mostMicros: Infinity, ends: 'channel' } });
    expect(verdict(history({ ...none, neverHappens: ['consumer-timeout'] }).comes().sent(1).received(1).at(9_000).goes().timedOut(1))).toBe('violated');
  });
});
