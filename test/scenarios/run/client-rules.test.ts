import { describe, expect, it } from 'vitest';
import { EventKind, Guard, OutcomeReason, type RawRow } from '../../../history/index.js';
import { effectRule, failRule, guardRule, writeRule } from '../../../scenarios/run/client-rules.js';
import { aConsumer, aProducer, SECOND } from '../a-scenario.js';

const handler = (settings: Parameters<typeof aConsumer>[1] & object) => aConsumer('consumer', settings).handler;
const row = (kind: EventKind, a: number): RawRow => ({ index: 0, timeMicros: 0, kind, actor: 1, peer: 0, dest: 0, message: 1, copy: 0, a, b: 0, c: 0 });

describe('the setting by which', () => {
  it.each([
    [{ kind: 'plain' }, 'handler kind is plain: it does not look whether it has done this before'],
    [{ kind: 'idempotent', memory: 5 }, 'handler memory is 5: it has forgotten that it did this before'],
    [{ kind: 'upsert', keys: 3 }, 'handler keys is 3: another message had set the row meanwhile'],
    [{ kind: 'inbox', transaction: 'apart' }, 'handler transaction is apart: it had the effect before, and did not live to note it'],
  ] as const)('an effect was had again is told (%#)', (settings, text) => {
    expect(effectRule(handler({ handler: settings }), true, 2)).toBe(text);
    expect(effectRule(handler({ handler: settings }), true, 1)).toBeNull();
  });

  it('an effect was not had again is told', () => {
    expect(effectRule(handler({ handler: { kind: 'inbox' } }), false, 1)).toBe('handler kind is inbox: it remembers what it has done');
    expect(effectRule(handler({ handler: { kind: 'upsert' } }), false, 1)).toBe('handler kind is upsert: the row says this already');
  });

  it('a row is written is told', () => {
    expect(writeRule(aProducer({ write: { kind: 'row-then-message' } }))).toBe('write of producer is row-then-message: nothing ties the two writes together');
    expect(writeRule(aProducer({ write: { kind: 'outbox', pollMicros: 100_000, batchSize: 10 } }))).toContain('row and message are one transaction');
    expect(writeRule(aProducer())).toBeNull();
  });

  it('a client guarded itself is told', () => {
    const guarded = aProducer({ buffer: { maxMessages: 5, whenFull: 'reject' }, retry: { ...aProducer().retry, budget: { share: 0.1, burst: 10, timeoutCost: 1 } } });
    expect(guardRule(row(EventKind.clientGuard, Guard.bufferFull), guarded)).toBe('buffer of producer is 5, and when it is full: reject');
    expect(guardRule(row(EventKind.clientGuard, Guard.retryRefused), guarded)).toBe('retry.budget of producer is a share of 0.1 with a burst of 10');
    const breaker = { failureRate: 0.5, windowMicros: SECOND, minimum: 3, openMicros: SECOND, trials: 2, whenOpen: 'fail' } as const;
    expect(failRule(row(EventKind.sendFail, OutcomeReason.breakerOpen), aProducer({ breaker }))).toBe('breaker of producer opens at a failure rate of 0.5 for 1s');
    expect(failRule(row(EventKind.sendFail, OutcomeReason.rejected), aProducer({ breaker }))).toBeNull();
  });
});
