import { describe, expect, it } from 'vitest';
import { DropReason, EventKind, MoveReason, StopCause } from '../../../history/index.js';
import type { RunContract } from '../../../invariants/index.js';
import { CLASSIC, history, type HistoryBuilder, SECOND, withProducer } from '../history-builder.js';

const rules = { ttlMicros: null, maxLength: null, mayBeDeleted: false, rejecters: [] };
/** `orders` gives its messages ten seconds to live. */
const ttl = (run: RunContract = CLASSIC): RunContract => ({ ...run, queues: run.queues.map((queue) => ({ ...queue, drops: { ...rules, ttlMicros: 10 * SECOND } })) });
/** The producer gives them four. */
const expiring = withProducer({ expirationMicros: 4 * SECOND });

const handedOutAt = (contract: RunContract, seconds: number): HistoryBuilder => history(contract).sent(1).at(seconds).received(1);
const verdictOf = (run: HistoryBuilder) => run.verdict('not-after-ttl');

describe('not-after-ttl, times to live', () => {
  it('acquits what is handed out at the very end, and convicts what is handed out later', () => {
    expect(verdictOf(handedOutAt(ttl(), 10)).verdict).not.toBe('violated');
    const late = handedOutAt(ttl(), 11);
    expect(late.withVerdict('violated')).toEqual(['not-after-ttl']);
    expect(verdictOf(late).first?.text).toContain('at 11.000s, 11s after it was stored; it had to live for 10s');
  });

  it('goes by the lower of the times of the queue and of the message', () => {
    expect(verdictOf(handedOutAt(ttl(expiring), 4)).verdict).not.toBe('violated');
    expect(verdictOf(handedOutAt(ttl(expiring), 5)).verdict).toBe('violated');
    expect(verdictOf(handedOutAt(ttl(withProducer({ expirationMicros: 60 * SECOND })), 11)).verdict).toBe('violated');
  });

  it('goes by that of the message where policies change that of the queue', () => {
    expect(verdictOf(handedOutAt(expiring, 5)).verdict).toBe('violated');
  });

  it('counts on when a message comes back', () => {
    expect(verdictOf(history(expiring).sent(1).received(1).at(5).nackInvoke(1).release(1).received(1)).verdict).toBe('violated');
    expect(verdictOf(history(expiring).sent(1).at(3).restart(StopCause.kill, 1).at(5).received(1)).verdict).toBe('violated');
  });

  it('lets what is over stay in the queue behind what is not, and be dropped late', () => {
    const run = history(ttl()).sent(1).at(30).drop(1, DropReason.expired).drained();
    expect(verdictOf(run)).toMatchObject({ verdict: 'holds', exercised: 1 });
  });

  it('gives a dead letter no time of its own', () => {
    const run = history(expiring).sent(1).at(4).emit(EventKind.move, 'broker', { peer: 'letters', dest: 'orders', message: 1, copy: 1, b: MoveReason.expired, c: 1 }).accept(1, 2)
      .emit(EventKind.deathHeader, 'broker', { peer: 'orders', dest: 'orders', message: 1, copy: 2, a: MoveReason.expired, b: 1, c: 1 }).at(30).received(2);
    expect(verdictOf(run)).toMatchObject({ verdict: 'holds', exercised: 1 });
  });

  it('takes it for an anomaly when the clock was wrong', () => {
    expect(verdictOf(history(ttl()).fault('clock-jump').sent(1).at(11).received(1)).verdict).toBe('anomaly');
  });
});
