import { describe, expect, it } from 'vitest';
import { CLASSIC, history, type HistoryBuilder, RANKED, withPush } from '../history-builder.js';

const verdict = (run: HistoryBuilder, id: 'lease-not-early' | 'prefetch-bound' | 'consumer-priority' | 'exclusive-consumer'): string => run.verdict(id).verdict;
const held = (): HistoryBuilder => history(CLASSIC).comes().sent(1).received(1);

describe('lease-not-early in a queue that pushes', () => {
  it('is violated when a message comes back while its consumer is there, or that nobody gave back', () => {
    expect(verdict(held().at(5).expire(1), 'lease-not-early')).toBe('violated');
    expect(verdict(held().at(5).release(1), 'lease-not-early')).toBe('violated');
    expect(verdict(held().comes('consumer-2').goes('consumer-2').expire(1), 'lease-not-early')).toBe('violated');
  });

  it('holds when it was given back, or its consumer went since it got the message', () => {
    expect(verdict(held().at(5).nackInvoke(1).release(1), 'lease-not-early')).toBe('holds');
    expect(verdict(held().at(5).goes().expire(1), 'lease-not-early')).toBe('holds');
    // Cancelled, and its channel ends later; or it came again before the broker knew that its first connection was gone.
    expect(verdict(held().at(5).goes().at(9).comes().at(12).expire(1), 'lease-not-early')).toBe('holds');
    expect(verdict(held().at(5).comes().at(9).goes().expire(1), 'lease-not-early')).toBe('holds');
  });

  it('says nothing of who asked for a message, and so has no consumer', () => {
    expect(verdict(history(CLASSIC).sent(1).received(1).at(5).expire(1), 'lease-not-early')).toBe('holds');
  });
});

describe('prefetch-bound', () => {
  it('allows a client two consumers when it came again before its first connection was gone, and no more', () => {
    const twice = (): HistoryBuilder => history(withPush({ maxLength: null })).comes().sent(1).sent(2).received(1).received(2).fault('half-open', 'consumer-1').comes().sent(3).sent(4).sent(5).received(3).received(4);
    expect(verdict(twice(), 'prefetch-bound')).toBe('holds');
    expect(verdict(twice().received(5), 'prefetch-bound')).toBe('violated');
  });
});

describe('consumer-priority', () => {
  it('holds when who comes first is full, has gone, or has not come', () => {
    expect(verdict(history(RANKED).comes().comes('consumer-2').sent(1).sent(2).received(1, 'consumer-2').received(2), 'consumer-priority')).toBe('holds');
    expect(verdict(history(RANKED).comes().comes('consumer-2').goes('consumer-2').sent(1).received(1), 'consumer-priority')).toBe('not-exercised');
  });

  it('is violated by whoever is given something before one with room', () => {
    const run = history(RANKED).comes().comes('consumer-2').sent(1).received(1, 'consumer-2').acked(1).sent(2).received(2);
    expect(run.verdict('consumer-priority')).toMatchObject({ verdict: 'violated', count: 1, first: { message: 2 } });
  });
});

describe('exclusive-consumer', () => {
  const exclusive = (...names: string[]): HistoryBuilder => history(withPush({ exclusiveConsumers: names }));

  it('is violated whichever of the two has the queue for itself, and by a second one of the same client', () => {
    expect(verdict(exclusive('consumer-1').comes().comes('consumer-2'), 'exclusive-consumer')).toBe('violated');
    expect(verdict(exclusive('consumer-2').comes().comes('consumer-2'), 'exclusive-consumer')).toBe('violated');
    expect(verdict(exclusive('consumer-1').comes().comes(), 'exclusive-consumer')).toBe('violated');
  });

  it('holds for those who follow one another', () => {
    expect(verdict(exclusive('consumer-1').comes().refused('consumer-2', '403 ACCESS_REFUSED').goes().comes('consumer-2'), 'exclusive-consumer')).toBe('holds');
    expect(verdict(exclusive('consumer-3').comes().comes('consumer-2'), 'exclusive-consumer')).toBe('holds');
  });
});

describe('requeue-position in a quorum queue with a delivery limit', () => {
  const back = (): HistoryBuilder => history(withPush({ type: 'quorum', keepsPosition: false, servesReturnsFirst: true, prefetch: {}, maxLength: null }))
    .sent(1).sent(2).sent(3).received(1).received(2).nackInvoke(2).release(2).nackInvoke(1).release(1);

  it('has what came back first served first, before all else', () => {
    expect(back().received(2).received(1).received(3).verdict('requeue-position').verdict).toBe('holds');
    expect(back().received(1).verdict('requeue-position').verdict).toBe('violated');
    expect(back().received(3).verdict('requeue-position').verdict).toBe('violated');
  });

  it('says nothing of what is set aside, or came back before a recovery', () => {
    expect(back().received(2).received(1).verdict('requeue-position').count).toBe(0);
    const recovered = back().stop().recoverBegin().restore(1).restore(2).restore(3).recoverEnd().received(3).nackInvoke(3).release(3).received(1).received(2).received(3);
    expect(recovered.verdict('requeue-position').verdict).not.toBe('violated');
  });
});

describe('queue-fifo-first-delivery by priority', () => {
  const sent = (run: HistoryBuilder, copy: number, priority: number): HistoryBuilder => run.invoke(copy).accept(copy, copy, { priority }).sendOk(copy);
  const levels = (push: Parameters<typeof withPush>[0]): HistoryBuilder => {
    const run = history(withPush({ keepsPosition: false, maxLength: null, prefetch: {}, ...push }));
    for (const [copy, priority] of [[1, 5], [2, -1], [3, 9], [4, 4]] as const) sent(run, copy, priority);
    return run;
  };
  const verdictOf = (run: HistoryBuilder): string => run.verdict('queue-fifo-first-delivery').verdict;

  it('takes each level by itself', () => {
    expect(verdictOf(levels({ priorities: { highest: 5, usual: 4 } }).received(1).received(3).received(2).received(4))).toBe('holds');
    expect(verdictOf(levels({ priorities: { highest: 5, usual: 4 } }).received(3).received(1))).toBe('violated');
    expect(verdictOf(levels({ priorities: { highest: 31, usual: 4 } }).received(3).received(1).received(4).received(2))).toBe('violated');
  });

  it('takes the two lanes of a quorum queue by themselves', () => {
    expect(verdictOf(levels({ type: 'quorum', upperLaneAbove: 4 }).received(1).received(3).received(2).received(4))).toBe('holds');
    expect(verdictOf(levels({ type: 'quorum', upperLaneAbove: 4 }).received(1).received(4).received(2))).toBe('violated');
  });
});
