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
  const back = (): HistoryBuilder => history(withPush({ type: 'quorum', keepsPosition: false, returns: 'first', prefetch: {}, maxLength: null }))
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

describe('requeue-position in a quorum queue without a delivery limit', () => {
  const four = (push: Parameters<typeof withPush>[0] = {}): HistoryBuilder => {
    const run = history(withPush({ type: 'quorum', keepsPosition: false, returns: 'last', prefetch: {}, maxLength: null, ...push }));
    for (const copy of [1, 2, 3, 4]) run.sent(copy);
    return run;
  };
  const givenBack = (run: HistoryBuilder, copy: number): HistoryBuilder => run.received(copy).nackInvoke(copy).release(copy);
  const verdictOf = (run: HistoryBuilder) => run.verdict('requeue-position');

  it('has what was given back served last, in the order of coming back', () => {
    const back = (): HistoryBuilder => givenBack(givenBack(four().received(1), 2).nackInvoke(1).release(1).sent(5), 3);
    expect(verdictOf(back().received(4).received(2).received(1).received(5).received(3))).toMatchObject({ verdict: 'holds', exercised: 5 });
    expect(verdictOf(back().received(2))).toMatchObject({ verdict: 'violated', first: { text: 'copy 2 of message 2 was handed out from orders at 0.000s, while copy 4, which stood in line before it, was ready' } });
    expect(verdictOf(back().received(4).received(1)).verdict).toBe('violated');
    expect(verdictOf(back().received(4).received(2).received(5)).verdict).toBe('violated');
  });

  it('has what a consumer left behind served first', () => {
    const left = (): HistoryBuilder => givenBack(four().received(1), 2).expire(1);
    expect(verdictOf(left().received(1).received(3).received(4).received(2)).verdict).toBe('holds');
    expect(verdictOf(left().received(3)).verdict).toBe('violated');
  });

  it('compares what was given back with those of the usual priority', () => {
    const levels = (): HistoryBuilder => {
      const run = history(withPush({ type: 'quorum', keepsPosition: false, returns: 'last', prefetch: {}, maxLength: null, priorities: { highest: 31, usual: 4 } }));
      for (const [copy, priority] of [[1, 9], [2, 9], [3, 4], [4, 9]] as const) run.invoke(copy).accept(copy, copy, { priority }).sendOk(copy);
      return givenBack(run, 1);
    };
    expect(verdictOf(levels().received(2).received(4).received(3).received(1)).verdict).toBe('holds');
    expect(verdictOf(levels().received(1)).verdict).toBe('violated');
    // That it comes before what has a higher priority is for another promise.
    expect(verdictOf(levels().received(3)).verdict).not.toBe('violated');
  });

  it('says nothing of those that nobody has had, and of what was there before a recovery', () => {
    expect(verdictOf(four().received(2)).verdict).toBe('not-exercised');
    const recovered = givenBack(four(), 1).stop().recoverBegin().restore(1).restore(2).restore(3).restore(4).recoverEnd();
    expect(verdictOf(recovered.received(1).received(4)).verdict).toBe('not-exercised');
  });

  it('leaves the other queues of the run to their own rule', () => {
    const classic = withPush({ maxLength: null, prefetch: {} }).queues[0]!;
    const unlimited = { ...classic, name: 'other', push: { ...classic.push!, type: 'quorum', keepsPosition: false, returns: 'last' } } as const;
    const run = (): HistoryBuilder => givenBack(history({ ...withPush({}), queues: [classic, unlimited] }).sent(1).sent(2).sent(11, { queue: 'other' }).sent(12, { queue: 'other' }), 1);
    expect(verdictOf(givenBack(run(), 11).received(1).received(12)).verdict).toBe('holds');
    expect(verdictOf(run().received(2)).verdict).toBe('violated');
  });
});

describe('priority-respected in a quorum queue with two lanes', () => {
  /** `h`: of high priority, `n`: not. */
  const waiting = (lanes: string, push: Parameters<typeof withPush>[0] = {}): HistoryBuilder => {
    const run = history(withPush({ type: 'quorum', keepsPosition: false, upperLaneAbove: 4, returns: 'first', prefetch: {}, maxLength: null, ...push }));
    [...lanes].forEach((lane, index) => run.invoke(index + 1).accept(index + 1, index + 1, { priority: lane === 'h' ? 5 : 4 }).sendOk(index + 1));
    return run;
  };
  const taken = (run: HistoryBuilder, ...copies: number[]): HistoryBuilder => copies.reduce((so, copy) => so.received(copy), run);
  const verdictOf = (run: HistoryBuilder) => run.verdict('priority-respected');

  it('gives the third turn to the other lane, if what waits there is older', () => {
    expect(verdictOf(taken(waiting('nnhhhh'), 3, 4, 1, 5, 6, 2))).toMatchObject({ verdict: 'holds', exercised: 5 });
    expect(verdictOf(taken(waiting('hhhnhh'), 1, 2, 3, 5, 6, 4)).verdict).toBe('holds');
    expect(verdictOf(taken(waiting('nnhhhh'), 3, 4, 5)).first?.text).toBe('message 5 was handed out from orders at 0.000s, though it was the turn of one without high priority, which was older');
    expect(verdictOf(taken(waiting('nnhhhh'), 3, 1)).first?.text).toBe('message 1 was handed out from orders at 0.000s, while one of high priority was ready whose turn it was');
    expect(verdictOf(taken(waiting('hhhnhh'), 1, 2, 4)).verdict).toBe('violated');
  });

  it('counts every turn, also of a lane alone, and none of what comes back', () => {
    expect(verdictOf(taken(waiting('n'), 1).sent(2).invoke(3).accept(3, 3, { priority: 9 }).sendOk(3).received(3).received(2)).verdict).toBe('holds');
    const back = (): HistoryBuilder => taken(waiting('nnhhh'), 3).expire(3).received(3).received(4);
    expect(verdictOf(back().received(1)).verdict).toBe('holds');
    expect(verdictOf(back().received(5)).verdict).toBe('violated');
  });

  it('has what was given back in the other lane, and younger, where it goes to the tail', () => {
    const back = (): HistoryBuilder => waiting('hhhh', { returns: 'last' }).received(1).nackInvoke(1).release(1);
    expect(verdictOf(taken(back(), 2, 3, 4, 1)).verdict).toBe('holds');
    expect(verdictOf(taken(back(), 1)).verdict).toBe('violated');
  });

  it('allows that what leaves from the head is a turn, or is not', () => {
    const dropped = (): HistoryBuilder => taken(waiting('nnhhhhh'), 3).drop(4);
    expect(verdictOf(taken(dropped(), 1, 5, 6, 2)).verdict).toBe('holds');
    expect(verdictOf(taken(dropped(), 5, 1, 6)).verdict).toBe('holds');
    expect(verdictOf(taken(dropped(), 5, 6)).verdict).toBe('violated');
  });

  it('learns after a recovery whose turn it is, when all that was there is gone', () => {
    const recovered = (): HistoryBuilder => {
      const run = waiting('nh').stop().recoverBegin().restore(1).restore(2).recoverEnd();
      for (const [copy, priority] of [[3, 4], [4, 4], [5, 5], [6, 5], [7, 5], [8, 5]] as const) run.invoke(copy).accept(copy, copy, { priority }).sendOk(copy);
      return run;
    };
    expect(verdictOf(taken(recovered(), 3, 4, 1, 2)).verdict).toBe('not-exercised');
    expect(verdictOf(taken(recovered(), 1, 2, 3, 5, 6, 4)).verdict).toBe('holds');
    expect(verdictOf(taken(recovered(), 1, 2, 3, 5, 4)).verdict).toBe('violated');
  });

  it('knows no turns of a queue that was empty and may have been deleted and declared again meanwhile', () => {
    const run = (mayBeDeleted: boolean): HistoryBuilder => {
      const { queues: [queue], ...others } = withPush({ type: 'quorum', keepsPosition: false, upperLaneAbove: 4, returns: 'first', prefetch: {}, maxLength: null });
      const all = history({ ...others, queues: [{ ...queue!, drops: { ttlMicros: null, maxLength: null, mayBeDeleted, expiresMicros: 1_000_000, rejecters: [] } }] }).sent(1).received(1).acked(1);
      for (const [copy, priority] of [[2, 4], [3, 5], [4, 5], [5, 5]] as const) all.invoke(copy).accept(copy, copy, { priority }).sendOk(copy);
      return all;
    };
    expect(verdictOf(taken(run(true), 3, 4, 2)).verdict).toBe('holds');
    expect(verdictOf(taken(run(false), 3, 4, 2)).verdict).toBe('violated');
    expect(verdictOf(taken(run(true), 3, 4, 5)).verdict).toBe('violated');
  });

  it('says nothing where it is not known to which lane something comes back', () => {
    const { returns: _, ...push } = withPush({ type: 'quorum', keepsPosition: false, upperLaneAbove: 4, prefetch: {}, maxLength: null }).queues[0]!.push!;
    const run = history({ ...withPush({}), queues: [{ ...withPush({}).queues[0]!, push }] }).sent(1).invoke(2).accept(2, 2, { priority: 9 }).sendOk(2).received(1);
    expect(verdictOf(run).verdict).toBe('not-exercised');
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
