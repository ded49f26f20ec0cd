import { describe, expect, it } from 'vitest';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

describe('acknowledging in batches', () => {
  it('of a FIFO queue: what a lost answer leaves open stays open, although the repetition is turned down', () => {
    // No attempt arrives before the lease is over. The last one is refused, but the client cannot know what became of the ones before.
    const { rows } = rowsOf(aScenario({
      producers: [aProducer({ queue: 'orders.fifo', messages: 40, interval: constant(0), groups: { name: 'group', count: 40, choice: 'round-robin' } })],
      queues: [aQueue('orders.fifo', { kind: 'fifo', contentBasedDeduplication: true, visibilityTimeoutMicros: SECOND })],
      consumers: [aConsumer('consumer', {
        queue: 'orders.fifo', batchSize: 10, concurrency: 10, acknowledgeBatchSize: 10, acknowledgeLingerMicros: 10 * MILLISECOND,
        handler: { time: constant(100 * MILLISECOND) },
      })],
      faults: [{ at: 100 * MILLISECOND, fault: 'network-partition-one-way', target: 'consumer', peers: 'broker', for: 8 * SECOND }],
    }));
    const outcomes = new Map<string, number>();
    for (const { event } of rows) outcomes.set(event, (outcomes.get(event) ?? 0) + 1);
    // Ten in one request, the eleventh in one of its own.
    expect(outcomes.get('ack-info')).toBe(11);
    expect(outcomes.get('ack-fail')).toBeUndefined();
    expect(outcomes.get('ack-ok')).toBe(40);
  });
});
