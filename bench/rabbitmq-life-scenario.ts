import type { Scenario } from '../scenarios/index.js';
import { lifeScenario } from './life-scenario.js';

/**
 * The same life in a durable classic queue: published with confirms, journalled, pushed to consumers with a prefetch of 100, processed for a millisecond, acknowledged up to fifty
 * at a time (multiple). A handler that takes no time would leave nothing for a prefetch to hold, and nothing to acknowledge together. As with RabbitMQ, nothing is synced.
 */
export function rabbitmqLifeScenario(messages: number): Scenario {
  const life = lifeScenario(messages);
  return {
    ...life,
    personality: 'rabbitmq', version: '4.2', exchanges: [], broker: { ...life.broker, flush: 'never' },
    queues: life.queues.map((queue) => ({
      push: {
        type: 'classic', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null,
        overflow: 'drop-head', maxPriority: null, deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: null, isSingleActive: false,
      },
      ...queue,
    })),
    producers: life.producers.map((producer) => ({
      publish: { exchange: '', routingKeys: [producer.queue], headers: {}, confirm: true, mandatory: false, persistent: true, priority: null, expirationMicros: null },
      ...producer,
    })),
    consumers: life.consumers.map((consumer) => ({
      subscription: { prefetch: 100, acknowledge: 'batched', acknowledgeEvery: 50, whenFailed: 'nack', priority: 0, exclusive: false },
      ...consumer,
      concurrency: 100, handler: { ...consumer.handler, time: { kind: 'constant', value: 1_000 } },
    })),
  };
}
