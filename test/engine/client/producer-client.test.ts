import { describe, expect, it } from 'vitest';
import { aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const RETRY = { timeoutMicros: SECOND, attempts: 3, backoffBaseMicros: 100 * MILLISECOND, backoffCapMicros: SECOND, jitter: 'none' } as const;
const few = (settings: Parameters<typeof aProducer>[0] = {}) => aProducer({ messages: 10, interval: constant(200 * MILLISECOND), retry: RETRY, ...settings });

describe('the outcome of a send', () => {
  it('is a definite failure when nothing ever left: the broker was down all the time', () => {
    const { rows, result } = rowsOf(aScenario({
      producers: [few({ startMicros: SECOND })], durationMicros: 30 * SECOND, stopWhenDone: false,
      faults: [{ at: 500 * MILLISECOND, fault: 'crash', target: 'broker' }],
    }));
    expect(result.measures.counts).toMatchObject({ 'send-failed': 10, 'send-unknown': 0, accepted: 0 });
    expect(rows.filter(({ event }) => event === 'send-attempt').length).toBe(20);
  });

  it('is unknown when the request went out and no answer came, though the broker stored it', () => {
    const { result } = rowsOf(aScenario({
      producers: [few()], durationMicros: 30 * SECOND, stopWhenDone: false,
      faults: [{ at: 900 * MILLISECOND, fault: 'network-partition-one-way', target: 'broker', peers: 'producer', for: 20 * SECOND }],
    }));
    const { counts } = result.measures;
    expect(counts['send-unknown']).toBeGreaterThan(0);
    expect(counts['accepted']).toBe(counts['send-ok']! + counts['send-unknown']!);
    expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });

  it('is a failure at once, without another attempt, when the broker refuses the message', () => {
    const { rows, result } = rowsOf(aScenario({
      queues: [aQueue('orders', { maxMessageBytes: 1024 })], producers: [few({ sizeBytes: constant(2000) })],
    }));
    expect(result.measures.counts).toMatchObject({ 'send-failed': 10, 'send-retries': 0, accepted: 0 });
    expect(rows.some(({ event }) => event === 'send-attempt')).toBe(false);
  });

  it('is ok after a restart of the broker in the meantime', () => {
    const { result } = rowsOf(aScenario({
      producers: [few()], faults: [{ at: SECOND, fault: 'crash', target: 'broker', for: 500 * MILLISECOND }],
    }));
    expect(result.measures.counts).toMatchObject({ 'send-ok': 10, 'send-failed': 0, 'send-unknown': 0 });
    expect(result.measures.counts['send-retries']).toBeGreaterThan(0);
  });
});

describe('a producer', () => {
  it('fills a request as far as the linger time allows, and no message waits longer', () => {
    const batches = (lingerMicros: number): number[] => {
      const { rows } = rowsOf(aScenario({ producers: [aProducer({ messages: 100, interval: constant(10 * MILLISECOND), batchSize: 10, lingerMicros })] }));
      const sizes = new Map<number, number>();
      for (const { event, timeMicros } of rows) if (event === 'send-invoke') sizes.set(timeMicros, (sizes.get(timeMicros) ?? 0) + 1);
      return [...sizes.values()];
    };
    expect(new Set(batches(0))).toEqual(new Set([1]));
    expect(new Set(batches(45 * MILLISECOND))).toEqual(new Set([5]));
    expect(new Set(batches(500 * MILLISECOND))).toEqual(new Set([10]));
  });

  it('keeps no more sends in flight than it may, and still sends everything', () => {
    const { rows, result } = rowsOf(aScenario({ producers: [aProducer({ messages: 100, interval: constant(0), maxInFlight: 7 })] }));
    let inFlight = 0;
    let most = 0;
    for (const { event } of rows) {
      if (event === 'send-invoke') inFlight += 1;
      if (event === 'send-ok') inFlight -= 1;
      most = Math.max(most, inFlight);
    }
    expect(most).toBe(7);
    expect(result.measures.counts['send-ok']).toBe(100);
  });

  it('counts response time from the intended send, also of what waited in its buffer', () => {
    const { measures } = rowsOf(aScenario({ producers: [aProducer({ messages: 100, interval: constant(0), maxInFlight: 1 })] })).result;
    expect(measures.latencies['send']!.maxMicros).toBeGreaterThan(50 * measures.latencies['sendService']!.p50Micros);
  });

  it('sends batches, whose messages have outcomes of their own', () => {
    const { rows, result } = rowsOf(aScenario({
      queues: [aQueue('orders', { maxMessageBytes: 1024 })],
      producers: [aProducer({ messages: 200, interval: constant(0), batchSize: 10, maxInFlight: 50, sizeBytes: { kind: 'uniform', min: 500, max: 1500 } })],
    }));
    const { counts } = result.measures;
    expect(counts['send-ok']! + counts['send-failed']!).toBe(200);
    expect(counts['send-ok']).toBeGreaterThan(50);
    expect(counts['send-failed']).toBeGreaterThan(50);
    // Ten at a time: whole groups are stored at one instant.
    const instants = new Set(rows.filter(({ event }) => event === 'accept').map(({ timeMicros }) => timeMicros));
    expect(instants.size).toBeLessThan(30);
  });

  it('sends a batch before its linger time is over when another message would make it larger than the broker takes', () => {
    const { rows, result } = rowsOf(aScenario({
      producers: [aProducer({ messages: 20, interval: constant(100 * MILLISECOND), batchSize: 10, lingerMicros: 5 * SECOND, sizeBytes: constant(300 * 1024) })],
    }));
    expect(result.measures.counts).toMatchObject({ 'send-ok': 20, 'send-failed': 0, accepted: 20 });
    const sizes = new Map<number, number>();
    for (const { event, timeMicros } of rows) if (event === 'send-invoke') sizes.set(timeMicros, (sizes.get(timeMicros) ?? 0) + 1);
    expect([...sizes.values()]).toEqual([3, 3, 3, 3, 3, 3, 2]);
    expect([...sizes.keys()][0]).toBe(300 * MILLISECOND);
  });
});
