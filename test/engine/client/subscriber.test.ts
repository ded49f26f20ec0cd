import { expect, it } from 'vitest';
import { aConsumer, aProducer, aQueue, aScenario, constant, SECOND } from '../../scenarios/a-scenario.js';
import { rowsOf } from '../../scenarios/rows-of.js';

const MINUTE = 60 * SECOND;

it('a subscriber whose broker cancels it, because it is too slow, subscribes again, and acknowledges nothing of what was taken from it', () => {
  const { rows, result } = rowsOf(aScenario({
    personality: 'rabbitmq', version: '4.3', exchanges: [], drainMicros: 600 * MINUTE,
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
  // Each comes once, and once more because its limit allows one return; then it is dropped.
  expect(rows.filter(({ event }) => event === 'deliver')).toHaveLength(6);
  expect(rows.filter(({ event }) => event === 'settle')).toHaveLength(0);
  expect(rows.filter(({ event }) => event === 'drop')).toHaveLength(3);
  expect(result.run.drained).toBe(true);
});
