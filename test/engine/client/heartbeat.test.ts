import { describe, expect, it } from 'vitest';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const RETRY = { timeoutMicros: SECOND, attempts: 3, backoffBaseMicros: 100 * MILLISECOND, backoffCapMicros: 100 * MILLISECOND, jitter: 'none' } as const;

/** Forty seconds of work under a lease of ten that is extended every three; something is wrong from the fifth second on. */
function extended(fault: object | null, queue: Parameters<typeof aQueue>[1] = {}) {
  const isFifo = queue.kind === 'fifo';
  const name = isFifo ? 'orders.fifo' : 'orders';
  const { result, rows } = rowsOf(aScenario({
    durationMicros: 30 * SECOND, drainMicros: 200 * SECOND,
    queues: [aQueue(name, { visibilityTimeoutMicros: 10 * SECOND, ...queue })],
    producers: [aProducer({ queue: name, messages: 1, ...(isFifo ? { groups: { name: 'group', count: 1, choice: 'round-robin' as const } } : {}) })],
    consumers: [
      aConsumer('worker', { queue: name, extendEveryMicros: 3 * SECOND, retry: RETRY, handler: { time: constant(40 * SECOND) } }),
      aConsumer('other', { queue: name, startMicros: 4 * SECOND, extendEveryMicros: 3 * SECOND, retry: RETRY, handler: { time: constant(40 * SECOND) } }),
    ],
    faults: fault === null ? [] : [{ at: 5 * SECOND, target: 'broker', ...fault } as never],
  }));
  expect(result.verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  return { counts: result.measures.counts as Record<string, number>, rows, of: (event: string) => rows.filter((row) => row.event === event) };
}

describe('a lease that its consumer extends while it works', () => {
  it('is kept to the end, and the message is handled once', () => {
    const { counts } = extended(null);
    expect(counts).toMatchObject({ delivered: 1, 'lease-expired': 0, acknowledged: 1 });
    expect(counts['lease-extended']).toBeGreaterThan(10);
  });

  it('is kept although extensions are answered with errors for a while: they are tried again', () => {
    const { counts, of } = extended({ fault: 'service-error', requests: 'settle', probability: 1, for: 4 * SECOND });
    expect(of('extend-info').length).toBeGreaterThan(0);
    expect(counts).toMatchObject({ delivered: 1, 'lease-expired': 0 });
  });

  it('ends when extensions are throttled for longer than it lasts: another consumer gets the message', () => {
    const { counts, of } = extended({ fault: 'service-error', error: 'throttled', requests: 'settle', probability: 1, for: 15 * SECOND });
    expect(of('extend-fail').length).toBeGreaterThan(2);
    expect(counts['lease-expired']).toBeGreaterThan(0);
    expect(of('deliver').map(({ actor }) => actor).slice(0, 2)).toEqual(['worker', 'other']);
  });

  it('ends when extensions do not get through; what was done is acknowledged late, and the message may be handled twice', () => {
    const { counts, of } = extended({ fault: 'network-partition', target: 'worker', for: 20 * SECOND });
    expect(of('extend-info').length).toBeGreaterThan(0);
    expect(counts['delivered']).toBe(2);
    expect(counts['duplicate-effects']).toBe(1);
  });

  it('of a FIFO queue cannot be had back once it has ended: extensions are refused, and so is the acknowledgement', () => {
    const { of } = extended({ fault: 'network-partition', target: 'worker', for: 20 * SECOND }, { kind: 'fifo', contentBasedDeduplication: true });
    const refused = of('extend-fail').filter(({ outcomeReason }) => outcomeReason === 'rejected');
    expect(refused.every(({ actor }) => actor === 'worker')).toBe(true);
    expect(refused.length).toBeGreaterThan(0);
    expect(of('ack-ok').map(({ actor }) => actor)).toEqual(['other']);
  });
});
