import { describe, expect, it } from 'vitest';
import type { ConsumerSpec } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const few = (messages: number) => [aProducer({ messages })];

describe('a consumer', () => {
  it('handles no more at once than its concurrency', () => {
    const { rows } = rowsOf(aScenario({ producers: few(60), consumers: [aConsumer('consumer', { concurrency: 3, batchSize: 10, handler: { time: constant(100 * MILLISECOND) } })] }));
    let working = 0;
    let most = 0;
    for (const { event } of rows) {
      if (event === 'handle-start') working += 1;
      if (event === 'handle-end') working -= 1;
      most = Math.max(most, working);
    }
    expect(most).toBe(3);
    expect(rows.filter(({ event }) => event === 'ack-ok').length).toBe(60);
  });

  it('acknowledges before it processes when told to: what it loses in a crash is gone', () => {
    const { rows, result } = rowsOf(aScenario({
      producers: few(50), queues: [aQueue('orders', { visibilityTimeoutMicros: SECOND })],
      consumers: [aConsumer('consumer', { handler: { kind: 'ack-first', time: constant(300 * MILLISECOND) } })],
      faults: [{ at: SECOND, fault: 'crash', target: 'consumer', for: SECOND }],
    }));
    const acknowledged = rows.findIndex(({ event }) => event === 'ack-ok');
    expect(rows.findIndex(({ event }) => event === 'handle-start')).toBeGreaterThan(acknowledged);
    expect(result.measures.counts['effects']).toBeLessThan(50);
    expect(result.verdicts.find(({ invariant }) => invariant === 'at-most-once-effects')!.verdict).toBe('holds');
  });

  it('acknowledging first, does not begin what has outlived its lease: somebody else may have processed it', () => {
    // Five are received at a time, one is handled at a time, and the lease is over before the third begins.
    const slow = (name: string) => aConsumer(name, { concurrency: 1, batchSize: 5, handler: { kind: 'ack-first', time: constant(450 * MILLISECOND) } });
    const { rows, result } = rowsOf(aScenario({
      producers: few(30), queues: [aQueue('orders', { visibilityTimeoutMicros: SECOND })], consumers: [slow('one'), slow('two')],
    }));
    expect(result.verdicts.find(({ invariant }) => invariant === 'at-most-once-effects')!.verdict).toBe('holds');
    expect(result.measures.counts['effects']).toBe(30);
    expect(rows.filter(({ event }) => event === 'lease-expire').length).toBeGreaterThan(0);
  });

  it('keeps a lease for as long as it works by extending it', () => {
    const slow = (extendEveryMicros: number | null) => rowsOf(aScenario({
      producers: few(4), consumers: [aConsumer('left', { extendEveryMicros, handler: { time: constant(45 * SECOND) } }), aConsumer('right')],
    })).result.measures.counts;
    expect(slow(10 * SECOND)).toMatchObject({ redelivered: 0, 'lease-expired': 0 });
    expect(slow(null)['redelivered']).toBeGreaterThan(0);
  });

  it('gives a failed message back as its policy says: at once, later, or not at all', () => {
    const backAfter = (onFailure: ConsumerSpec['onFailure']) => {
      const { rows } = rowsOf(aScenario({
        producers: [aProducer({ messages: 1 })], drainMicros: 100 * SECOND,
        consumers: [aConsumer('consumer', { onFailure, handler: { poisonEvery: 1 } })],
      }));
      const failed = rows.findIndex(({ event }) => event === 'handle-end');
      const next = rows.find(({ event }, index) => index > failed && event === 'deliver')!;
      return (next.timeMicros - rows[failed]!.timeMicros) / SECOND;
    };
    expect(backAfter({ kind: 'release' })).toBeLessThan(0.1);
    expect(backAfter({ kind: 'backoff', baseMicros: 7 * SECOND, factor: 2, capMicros: 60 * SECOND })).toBeCloseTo(7, 1);
    expect(backAfter({ kind: 'leave' })).toBeCloseTo(30, 1);
  });

  it('finds its broker again after a crash and after a loss of power', () => {
    for (const fault of ['crash', 'power-loss']) {
      const { result } = rowsOf(aScenario({ faults: [{ at: 3 * SECOND, fault, target: 'broker', for: 2 * SECOND }] }));
      expect(result.run.drained).toBe(true);
      expect(result.measures.counts['acknowledged']).toBeGreaterThanOrEqual(500);
      expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
    }
  });

  it('polls in short intervals without a wait, and does not spin', () => {
    const { result } = rowsOf(aScenario({
      producers: few(1), durationMicros: 2 * SECOND, stopWhenDone: false, consumers: [aConsumer('consumer', { waitTimeMicros: 0 })],
    }));
    expect(result.measures.counts['acknowledged']).toBe(1);
    expect(result.run.events).toBeLessThan(10_000);
  });
});
