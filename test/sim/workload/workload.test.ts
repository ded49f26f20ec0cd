import { describe, expect, it } from 'vitest';
import { makeBody, MIN_BODY_BYTES, ordinalOf } from '../../../sim/workload/body.js';
import { EventKind, Recorder } from '../../../history/index.js';
import type { Scenario } from '../../../scenarios/index.js';
import { Sink } from '../../../sim/index.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

describe('the body of a message', () => {
  it('has the size asked for, says which message it is, and differs from every other', () => {
    for (const size of [8, 9, 64, 1000, 70_000, 200_000]) {
      const body = makeBody(123_456, 77, size);
      expect(body.length).toBe(size);
      expect(ordinalOf(body)).toBe(77);
      expect(body).not.toEqual(makeBody(123_457, 77, size));
    }
    expect(makeBody(1, 1, 3).length).toBe(MIN_BODY_BYTES);
  });

  it('is printable ASCII, so that no broker refuses it, and tells messages apart up to the largest run', () => {
    for (const number of [1, 93, 94, 255, 256, 1_000_000, 78_074_895]) {
      const body = makeBody(number, number, 3_000);
      expect(new TextDecoder().decode(body)).toMatch(/^[!-~]{3000}$/);
      expect(ordinalOf(body)).toBe(number);
    }
  });
});

describe('the sink', () => {
  const effects = (act: (sink: Sink) => void): number[] => {
    const applied: number[] = [];
    const recorder = new Recorder({ time: { now: 0 }, keep: 'off' });
    recorder.subscribe({ onChunk: (chunk, from, to) => {
      for (let row = from; row < to; row += 1) if (chunk.kind[row] === EventKind.effect) applied.push(chunk.b[row]!);
    } });
    act(new Sink(recorder));
    recorder.flush();
    return applied;
  };

  it('has a plain effect every time', () => {
    expect(effects((sink) => { sink.apply(1, 1, 5, 1, 1); sink.apply(1, 1, 5, 1, 2); })).toEqual([1, 1]);
  });

  it('has an idempotent effect once for each deduplication id, far apart or close', () => {
    expect(effects((sink) => {
      for (const id of [1, 2, 65_535, 65_536, 10_000_000, 1, 65_536, 10_000_000, 3]) sink.applyOnce(1, 1, 1, 1, 1, id);
    })).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 1]);
  });
});

describe('a producer', () => {
  const intendedOf = (rows: ReturnType<typeof rowsOf>['rows']) => rows.filter(({ event }) => event === 'send-invoke').map((row) => row['intendedMicros'] as number);

  it('intends its sends at the times drawn, whatever becomes of them', () => {
    const { rows } = rowsOf(aScenario({ producers: [aProducer({ messages: 5, interval: constant(10 * MILLISECOND), startMicros: SECOND })] }));
    expect(intendedOf(rows)).toEqual([1_000_000, 1_010_000, 1_020_000, 1_030_000, 1_040_000]);
  });

  it('that was paused makes up for what it missed, counted from the intended time', () => {
    const { rows, result } = rowsOf(aScenario({
      producers: [aProducer({ messages: 100, interval: constant(20 * MILLISECOND) })],
      faults: [{ at: 500 * MILLISECOND, fault: 'pause', target: 'producer', for: SECOND }],
    }));
    expect(intendedOf(rows)).toEqual(Array.from({ length: 100 }, (_, index) => index * 20 * MILLISECOND));
    expect(result.measures.latencies['send']!.maxMicros).toBeGreaterThan(900 * MILLISECOND);
  });

  it('that crashed intends nothing while it is down', () => {
    const { rows } = rowsOf(aScenario({
      producers: [aProducer({ messages: 100, interval: constant(20 * MILLISECOND) })],
      faults: [{ at: 510 * MILLISECOND, fault: 'crash', target: 'producer', for: SECOND }],
    }));
    const intended = intendedOf(rows);
    expect(intended.filter((micros) => micros > 510 * MILLISECOND && micros < 1510 * MILLISECOND)).toEqual([]);
    expect(intended.length).toBe(100);
  });
});

describe('a handler', () => {
  it('abandons what it had in work when its process dies', () => {
    const { rows } = rowsOf(aScenario({
      producers: [aProducer({ messages: 8 })], consumers: [aConsumer('consumer', { handler: { time: constant(5 * SECOND) } })],
      faults: [{ at: 3 * SECOND, fault: 'crash', target: 'consumer', for: SECOND }],
    }));
    const abandoned = rows.filter((row) => row.event === 'handle-end' && row['handleResult'] === 'abandoned');
    expect(abandoned.length).toBe(4);
    expect(abandoned.every(({ timeMicros }) => timeMicros === 3 * SECOND)).toBe(true);
  });

  it('takes longer on a machine that is slowed down', () => {
    const longest = (faults: Scenario['faults']) =>
      rowsOf(aScenario({ faults })).result.measures.latencies['handling']!.maxMicros;
    expect(longest([])).toBeLessThan(11 * MILLISECOND);
    expect(longest([{ at: 0, fault: 'slow-down', target: 'consumer-1', for: 5 * SECOND, factor: 10 }])).toBeGreaterThan(99 * MILLISECOND);
  });

  it('fails every n-th message of each producer when these are poison', () => {
    const { rows } = rowsOf(aScenario({
      producers: ['left', 'right'].map((name) => aProducer({ name, messages: 20 })), drainMicros: SECOND,
      consumers: [aConsumer('consumer', { handler: { poisonEvery: 10 } })],
    }));
    const failed = new Set(rows.filter((row) => row.event === 'handle-end' && row['handleResult'] === 'failed').map(({ message }) => message));
    expect(failed.size).toBe(4);
  });
});
