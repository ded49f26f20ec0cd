import { describe, expect, it } from 'vitest';
import type { ConsumerSpec, HandlerSpec } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const STEPS = ['handling-begun', 'effect-had', 'acknowledged'] as const;

function run(handler: Partial<HandlerSpec>, crashes: ConsumerSpec['crashes'] = [], settings: Partial<ConsumerSpec> = {}) {
  const { result } = rowsOf(aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 5 * SECOND })],
    producers: [aProducer({ messages: 100, interval: constant(10 * MILLISECOND) })],
    consumers: [aConsumer('consumer', { ...settings, handler: { time: constant(MILLISECOND), ...handler }, crashes })],
  }));
  return { counts: result.measures.counts as Record<string, number>, verdict: (id: string) => result.verdicts.find(({ invariant }) => invariant === id)!.verdict };
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

  it('repeats it when it is plain, and loses it when it acknowledges first', () => {
    expect(run({ kind: 'plain' }, [{ after: 'effect-had', nth: 30, forMicros: SECOND }]).counts).toMatchObject({ effects: 101, 'duplicate-effects': 1 });
    const first = run({ kind: 'ack-first' }, [{ after: 'handling-begun', nth: 30, forMicros: SECOND }]);
    expect(first.counts['effects']).toBeLessThan(100);
    expect(first.verdict('exactly-once-effects')).toBe('anomaly');
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
