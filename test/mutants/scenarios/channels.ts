import type { ConsumerSpec, ProducerSpec, QueueSpec } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND } from '../../scenarios/a-scenario.js';
import type { ScenariosOf } from './parts.js';

export const classic = (push: Partial<NonNullable<QueueSpec['push']>> = {}) => aQueue('orders', {
  push: {
    type: 'classic', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head',
    maxPriority: null, deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: null, isSingleActive: false, ...push,
  },
});

export const publisher = (publish: Partial<NonNullable<ProducerSpec['publish']>> = {}) => aProducer({
  interval: constant(5 * MILLISECOND),
  publish: { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: true, persistent: true, priority: null, expirationMicros: null, ...publish },
});

export const subscribers = (settings: Parameters<typeof aConsumer>[1] = {}): ConsumerSpec[] => ['consumer-1', 'consumer-2'].map((name) => aConsumer(name, {
  concurrency: 1, handler: { time: constant(9 * MILLISECOND), failure: 0.05 },
  subscription: { prefetch: 5, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false }, ...settings,
}));

const rejecting = { prefetch: 5, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'reject', priority: 0, exclusive: false } as const;

export const pushed = { personality: 'rabbitmq', exchanges: [], queues: [classic()], producers: [publisher()], consumers: subscribers() } as const;

export const channelScenarios: ScenariosOf = {
  'prefetch-off-by-one': aScenario(pushed),
  'requeued-at-tail': aScenario(pushed),
  'second-taken-first': aScenario(pushed),
  'length-limit-off-by-one': aScenario({ ...pushed, queues: [classic({ maxLength: 10 })], consumers: subscribers({ handler: { time: constant(30 * MILLISECOND) } }) }),
  'confirmed-twice': aScenario({ ...pushed, broker: { flush: 'interval', flushIntervalMicros: 20 * MILLISECOND } }),
  'nack-covers-waiting': aScenario({
    ...pushed, broker: { flush: 'interval', flushIntervalMicros: 20 * MILLISECOND }, queues: [classic({ maxLength: 5, overflow: 'reject-publish' })],
    producers: [{ ...publisher(), retry: { ...publisher().retry, attempts: 1 } }],
  }),
  'unknown-tag-ignored': aScenario({
    ...pushed, consumers: subscribers({ subscription: { prefetch: 5, acknowledge: 'manual', acknowledgeEvery: 1, acknowledgesTwice: 0.02, whenFailed: 'nack', priority: 0, exclusive: false } }),
  }),
  'redelivered-from-third': aScenario(pushed),
  'lower-priority-first': aScenario({
    ...pushed, queues: [classic({ maxPriority: 5 })],
    producers: [publisher(), { ...publisher({ priority: 4 }), name: 'producer-2' }],
    consumers: subscribers({ handler: { time: constant(11 * MILLISECOND) } }),
  }),
  'two-active-consumers': aScenario({ ...pushed, queues: [classic({ isSingleActive: true })] }),
  'deaths-appended': aScenario({
    ...pushed, queues: [classic({ deadLetterExchange: '' })],
    consumers: subscribers({ handler: { time: constant(MILLISECOND), failure: 0.5 }, subscription: { ...rejecting } }),
  }),
  'dead-letter-cycle-kept': aScenario({
    ...pushed, queues: [classic({ deadLetterExchange: '', messageTtlMicros: 200 * MILLISECOND })], consumers: subscribers({ handler: { time: constant(30 * MILLISECOND) } }),
  }),
  'dropped-when-blocked': aScenario({
    ...pushed, producers: [publisher({ persistent: false })], memoryLimitBytes: 2_048, memoryCheckMicros: MILLISECOND, consumers: subscribers({ handler: { time: constant(20 * MILLISECOND) } }),
  }),
  'returned-after-confirm': aScenario({ ...pushed, producers: [publisher({ routingKeys: ['orders', 'nowhere'] })] }),
};
