import { describe, expect, it } from 'vitest';
import type { ConsumerSpec, HandlerSpec } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const STEPS = ['handling-begun', 'effect-written', 'effect-had', 'acknowledged'] as const;

function run(handler: Partial<HandlerSpec>, crashes: ConsumerSpec['crashes'] = [], settings: Partial<ConsumerSpec> = {}) {
  const { result } = rowsOf(aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 5 * SECOND })],
    producers: [aProducer({ messages: 100, interval: constant(10 * MILLISECOND) })],
    consumers: [aConsumer('consumer', { ...settings, handler: { time: constant(MILLISECOND), ...handler }, crashes })],
  }));
  return { deduplication: result.measures.deduplication, counts: result.measures.counts as Record<string, number>, verdict: (id: string) => result.verdicts.find(({ invariant }) => invariant === id)!.verdict };
}

describe('a handler that dies between two steps', () => {
  it.each(STEPS)('after %s has every effect once when it has an inbox', (after) => {
    const { counts, verdict } = run({ kind: 'inbox' }, [{ after, nth: 30, forMicros: SECOND }]);
    expect(counts).toMatchObject({ crashes: 1, effects: 100, 'duplicate-effects': 0, acknowledged: 100 });
    expect(verdict('exactly-once-effects')).toBe('holds');
  });

  it('repeats the effect when the inbox is written apart from it, and only between the two', () => {
    expect(run({ kind: 'inbox', transaction: 'apart' }, [{ after: 'effect-had', nth: 30, forMicros: SECOND }]).counts['duplicate-effects']).toBe(1);
    expect(run({ kind: 'inbox', transaction: 'apart' }, [{ after: 'handling-begun', nth: 30, forMicros: SECOND }]).counts['duplicate-effects']).toBe(0);
  });

  it('finds the note also when the broker gives its ids and handles out again, because its disk was replaced', () => {
    const { result } = rowsOf(aScenario({
      queues: [aQueue('orders', { visibilityTimeoutMicros: 5 * SECOND })],
      producers: [aProducer({ messages: 300, interval: constant(10 * MILLISECOND) })],
      consumers: [aConsumer('consumer', { handler: { kind: 'inbox', time: constant(MILLISECOND) }, crashes: [{ after: 'effect-had', nth: 150, forMicros: SECOND }] })],
      faults: [{ at: SECOND, fault: 'disk-replace', target: 'broker', for: 100 * MILLISECOND }],
    }));
    expect(result.measures.counts).toMatchObject({ 'duplicate-effects': 0, 'suppressed-effects': 1 });
  });

  it('has had nothing while the transaction of its effect is not committed, together or apart', () => {
    for (const transaction of ['together', 'apart'] as const) {
      const { counts, deduplication } = run({ kind: 'inbox', transaction }, [{ after: 'effect-written', nth: 30, forMicros: SECOND }]);
      expect(counts).toMatchObject({ crashes: 1, effects: 100, 'duplicate-effects': 0, 'suppressed-effects': 0, acknowledged: 100 });
      expect(deduplication).toMatchObject({ lookups: 101, found: 0, remembered: 100 });
    }
  });

  it('finds the note when it died between that and the acknowledgement, and does not when it died before it', () => {
    const noted = run({ kind: 'inbox', transaction: 'apart' }, [{ after: 'noted', nth: 30, forMicros: SECOND }]);
    expect(noted.counts).toMatchObject({ crashes: 1, effects: 100, 'duplicate-effects': 0, 'suppressed-effects': 1 });
    expect(noted.deduplication).toMatchObject({ lookups: 101, found: 1, remembered: 100 });
    const unnoted = run({ kind: 'inbox', transaction: 'apart' }, [{ after: 'effect-had', nth: 30, forMicros: SECOND }]);
    expect(unnoted.counts).toMatchObject({ crashes: 1, effects: 101, 'duplicate-effects': 1, 'suppressed-effects': 0 });
    expect(unnoted.deduplication).toMatchObject({ lookups: 101, found: 0, remembered: 100 });
  });

  it('repeats it when it is plain, and loses it when it acknowledges first', () => {
    expect(run({ kind: 'plain' }, [{ after: 'effect-had', nth: 30, forMicros: SECOND }]).counts).toMatchObject({ effects: 101, 'duplicate-effects': 1 });
    const first = run({ kind: 'ack-first' }, [{ after: 'handling-begun', nth: 30, forMicros: SECOND }]);
    expect(first.counts['effects']).toBeLessThan(100);
    expect(first.verdict('exactly-once-effects')).toBe('anomaly');
  });

  it.each([
    // Lost between acknowledgement and handling; lost in its handling; had, and long acknowledged.
    { after: 'acknowledged', effects: 99 },
    { after: 'handling-begun', effects: 99 },
    { after: 'effect-had', effects: 100 },
  ] as const)('when it acknowledges first and dies after $after, $effects of 100 effects are had', ({ after, effects }) => {
    const { counts, verdict } = run({ kind: 'ack-first' }, [{ after, nth: 30, forMicros: SECOND }]);
    expect(counts).toMatchObject({ crashes: 1, effects, 'duplicate-effects': 0, acknowledged: 100 });
    expect(verdict('at-most-once-effects')).toBe('holds');
  });

  it('sets its row again when it upserts: no other effect', () => {
    const { counts, verdict } = run({ kind: 'upsert' }, [{ after: 'effect-had', nth: 30, forMicros: SECOND }]);
    expect(counts).toMatchObject({ effects: 100, 'duplicate-effects': 0, 'suppressed-effects': 1 });
    expect(verdict('exactly-once-effects')).toBe('holds');
  });

  it('puts an older value back when rows are shared and newer messages came between', () => {
    const { counts, verdict } = run({ kind: 'upsert', keys: 5 }, [{ after: 'effect-had', nth: 30, forMicros: SECOND }]);
    expect(counts['duplicate-effects']).toBeGreaterThan(0);
    expect(verdict('exactly-once-effects')).toBe('anomaly');
  });
});

describe('what an effect that is had once costs', () => {
  const cost = (handler: Partial<HandlerSpec>, crashes: ConsumerSpec['crashes'] = []) => {
    const { result } = rowsOf(aScenario({
      queues: [aQueue('orders', { visibilityTimeoutMicros: 5 * SECOND })],
      producers: [aProducer({ messages: 100, interval: constant(10 * MILLISECOND) })],
      consumers: [aConsumer('consumer', { handler: { time: constant(MILLISECOND), ...handler }, crashes })],
    }));
    return { deduplication: result.measures.deduplication, handlingMicros: result.measures.latencies['handling']!.meanMicros };
  };
  const crash = [{ after: 'effect-had', nth: 30, forMicros: SECOND }] as const;

  it.each(['idempotent', 'inbox'] as const)('is that the store looks up and notes the id of every delivery, and the message is in work meanwhile (%s)', (kind) => {
    const { deduplication, handlingMicros } = cost({ kind, noteMicros: 2 * MILLISECOND }, crash);
    expect(deduplication).toEqual({ lookups: 101, found: 1, remembered: 100, busyMicros: 101 * 2 * MILLISECOND });
    expect(handlingMicros).toBeCloseTo(3 * MILLISECOND, -2);
  });

  it('is nothing of what a bounded memory has forgotten', () => {
    expect(cost({ kind: 'idempotent', memory: 5, noteMicros: 1 }).deduplication).toMatchObject({ lookups: 100, remembered: 5 });
  });

  it('is nothing for a handler that remembers nothing', () => {
    expect(cost({ kind: 'plain', noteMicros: 2 * MILLISECOND })).toEqual({ deduplication: undefined, handlingMicros: MILLISECOND });
  });

  it('is not paid for what fails', () => {
    expect(cost({ kind: 'idempotent', noteMicros: MILLISECOND, poisonEvery: 1 }).deduplication).toBeUndefined();
  });
});

describe('a bounded memory', () => {
  const crash = [{ after: 'effect-had', nth: 30, forMicros: SECOND }] as const;

  it('is enough while it reaches back to the first delivery', () => {
    expect(run({ kind: 'idempotent', memory: 100 }, crash).counts).toMatchObject({ effects: 100, 'suppressed-effects': 1 });
  });

  it('takes for new what it has forgotten', () => {
    const { counts, verdict } = run({ kind: 'idempotent', memory: 5 }, crash);
    expect(counts['duplicate-effects']).toBe(1);
    expect(verdict('exactly-once-effects')).toBe('anomaly');
  });
});
