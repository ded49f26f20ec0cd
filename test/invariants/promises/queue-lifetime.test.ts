import { describe, expect, it } from 'vitest';
import { DropReason } from '../../../history/index.js';
import type { DropRules, RunContract } from '../../../invariants/index.js';
import { CLASSIC, history, type HistoryBuilder, PASSING, SECOND } from '../history-builder.js';

const going = (drops: Partial<DropRules>): RunContract =>
  ({ ...CLASSIC, queues: CLASSIC.queues.map((queue) => ({ ...queue, drops: { ttlMicros: null, maxLength: 3, mayBeDeleted: true, rejecters: [], ...drops } })) });
const OWNED = going({ goesWith: 'owner' });
const EXPIRING = going({ expiresMicros: 60 * SECOND, isUseSeen: true });
const verdict = (run: HistoryBuilder): string => run.verdict('queue-lifetime').verdict;
/** A message waits in a queue whose only consumer has gone. */
const left = (contract: RunContract): HistoryBuilder => history(contract).comes().sent(1).at(1).goes();

describe('queue-lifetime', () => {
  it('is violated by what is still there after the last consumer of an auto-delete queue went', () => {
    expect(verdict(left(PASSING).at(2).comes().received(1))).toBe('violated');
    expect(verdict(left(PASSING).at(2).drained())).toBe('violated');
    expect(verdict(left(PASSING).at(2).drop(1, DropReason.queueDeleted))).toBe('violated');
  });

  it('holds when everything goes at once, and asks nothing of what came to a new queue of that name', () => {
    expect(verdict(left(PASSING).drop(1, DropReason.queueDeleted).at(2).comes().sent(2).received(2).drained())).toBe('holds');
  });

  it('leaves a queue alone that another consumer has', () => {
    expect(left(PASSING).comes('consumer-2').withVerdict('violated')).toEqual([]);
    expect(history(PASSING).comes().comes('consumer-2').sent(1).goes().at(2).received(1, 'consumer-2').withVerdict('violated')).not.toContain('queue-lifetime');
  });

  it('is violated when somebody is given what was in an exclusive queue before its owner went, who may finish what he holds', () => {
    expect(verdict(left(OWNED).at(2).comes().received(1))).toBe('violated');
    expect(verdict(history(OWNED).comes().sent(1).received(1).at(1).goes().at(2).acked(1).drained())).toBe('not-exercised');
  });

  it('is violated by a queue that nobody used for its time, and is there', () => {
    expect(verdict(left(EXPIRING).at(60).comes().received(1))).toBe('not-exercised');
    expect(verdict(left(EXPIRING).at(62).comes().received(1))).toBe('violated');
    expect(verdict(left(EXPIRING).at(61).drop(1, DropReason.queueDeleted))).toBe('holds');
    expect(left(going({ expiresMicros: 60 * SECOND, isUseSeen: false })).at(99).comes().received(1).withVerdict('violated')).toEqual([]);
  });
});

describe('dropped-with-cause', () => {
  it('is violated by an auto-delete queue that goes while it has a consumer, or has never had one', () => {
    const drops = (run: HistoryBuilder): string => run.drop(1, DropReason.queueDeleted).verdict('dropped-with-cause').verdict;
    expect(drops(history(PASSING).comes().comes('consumer-2').sent(1).goes())).toBe('violated');
    expect(drops(history(PASSING).sent(1))).toBe('violated');
    expect(drops(left(PASSING))).toBe('holds');
  });

  it('is violated by a queue that expires while it has a consumer, or before the time since its last one went is over', () => {
    const drops = (run: HistoryBuilder): string => run.drop(1, DropReason.queueDeleted).verdict('dropped-with-cause').verdict;
    expect(drops(history(EXPIRING).comes().sent(1).at(70))).toBe('violated');
    expect(drops(left(EXPIRING).at(60))).toBe('violated');
    expect(drops(left(EXPIRING).at(61))).toBe('holds');
  });
});
