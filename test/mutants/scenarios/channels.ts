import type { ConsumerSpec, ProducerSpec, QueueSpec } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND } from '../../scenarios/a-scenario.js';
import type { ScenariosOf } from './parts.js';

const classic = (push: Partial<NonNullable<QueueSpec['push']>> = {}) => aQueue('orders', {
  push: {
    type: 'classic', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head',
    maxPriority: null, deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: null, isSingleActive: false, ...push,
  },
});

const publisher = (publish: Partial<NonNullable<ProducerSpec['publish']>> = {}) => aProducer({
  interval: constant(5 * MILLISECOND),
  publish: { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: true, persistent: true, priority: null, expirationMicros: null, ...publish },
});

const subscribers = (settings: Parameters<typeof aConsumer>[1] = {}): ConsumerSpec[] => ['consumer-1', 'consumer-2'].map((name) => aConsumer(name, {
  concurrency: 1, handler: { time: constant(9 * MILLISECOND), failure: 0.05 },
  subscription: { prefetch: 5, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false }, ...settings,
}));

const pushed = { personality: 'rabbitmq', exchanges: [], queues: [classic()], producers: [publisher()], consumers: subscribers() } as const;

export const channelScenarios: ScenariosOf = {
  'prefetch-off-by-one': aScenario(pushed),
  'requeued-at-tail': aScenario(pushed),
  'second-taken-first': aScenario(pushed),
  'length-limit-off-by-one': aScenario({ ...pushed, queues: [classic({ maxLength: 10 })], consumers: subscribers({ handler: { time: constant(30 * MILLISECOND) } }) }),
  'returned-after-confirm': aScenario({ ...pushed, producers: [publisher({ routingKeys: ['orders', 'nowhere'] })] }),
};
