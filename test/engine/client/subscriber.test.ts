import { expect, it } from 'vitest';
import { aConsumer, aProducer, aQueue, aScenario, constant, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const MINUTE = 60 * SECOND;

it('a subscriber whose broker cancels it, because it is too slow, subscribes again, and acknowledges nothing of what was taken from it', () => {
  const { rows, result } = rowsOf(aScenario({
    personality: 'rabbitmq', version: '4.3', exchanges: [], durationMicros: 600 * MINUTE, drainMicros: MINUTE,
    queues: [aQueue('orders', {
      push: {
        type: 'quorum', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head',
        maxPriority: null, deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: 1, isSingleActive: false,
      },
    })],
    producers: [aProducer({
      messages: 3, publish: { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null },
    })],
    consumers: [aConsumer('slow', {
      concurrency: 1, handler: { time: constant(40 * MINUTE) },
      subscription: { prefetch: 1, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false },
    })],
  }));
  // The first comes again every half hour: what is taken back counts as no return.
  const deliveries = rows.filter(({ event }) => event === 'deliver');
  expect(deliveries.length).toBeGreaterThan(15);
  expect(new Set(deliveries.map(({ message }) => message))).toEqual(new Set([1]));
  expect(rows.filter(({ event }) => ['settle', 'drop'].includes(event))).toHaveLength(0);
  expect(result.run.drained).toBe(false);
});
