import type { QueueSpec } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND } from '../../scenarios/a-scenario.js';
import type { ScenariosOf } from './parts.js';

type Push = NonNullable<QueueSpec['push']>;

export const queue = (name: string, push: Partial<Push> = {}): QueueSpec => aQueue(name, {
  push: {
    type: 'quorum', isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head',
    maxPriority: null, deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: 20, isSingleActive: false, ...push,
  },
});

const subscriber = (name: string, from: string, whenFailed: 'nack' | 'reject' | 'reject-requeue', failure = 0.05, poisonEvery = 0) => aConsumer(name, {
  queue: from, concurrency: 1, handler: { time: constant(9 * MILLISECOND), failure, poisonEvery },
  subscription: { prefetch: 5, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed, priority: 0, exclusive: false },
});

export const base = {
  personality: 'rabbitmq', exchanges: [],
  producers: [aProducer({
    interval: constant(20 * MILLISECOND), messages: 200,
    publish: { exchange: '', routingKeys: ['orders'], headers: {}, confirm: true, mandatory: true, persistent: true, priority: null, expirationMicros: null },
  })],
} as const;

export const toDead = { deadLetterExchange: '', deadLetterRoutingKey: 'dead' } as const;
export const poisoned = (whenFailed: 'reject-requeue') => subscriber('consumer-1', 'orders', whenFailed, 0, 20);

const toBoth = { target: { kind: 'queue' }, key: '', headers: {} } as const;
const keeping = { deadLetterExchange: 'letters', deadLetterStrategy: 'at-least-once', overflow: 'reject-publish' } as const;

export const quorumScenarios: ScenariosOf = {
  // One letter a second fits into `small`, whose consumer takes its time.
  'removed-at-first-confirm': aScenario({
    ...base, queues: [queue('orders', keeping), queue('dead'), queue('small', { type: 'classic', deliveryLimit: null, maxLength: 1, overflow: 'reject-publish' })],
    exchanges: [{ name: 'letters', type: 'fanout', alternate: null, internal: false, bindings: ['dead', 'small'].map((name) => ({ ...toBoth, target: { kind: 'queue' as const, name } })) }],
    consumers: [
      subscriber('consumer-1', 'orders', 'reject'), subscriber('undertaker-1', 'dead', 'nack', 0),
      { ...subscriber('undertaker-2', 'small', 'nack', 0), subscription: { prefetch: 1, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'nack', priority: 0, exclusive: false }, handler: { ...subscriber('x', 'small', 'nack', 0).handler, time: constant(2_000 * MILLISECOND) } },
    ],
  }),
  'dead-letters-not-awaited': aScenario({
    ...base, queues: [queue('orders', { ...keeping, deadLetterExchange: '', deadLetterRoutingKey: 'dead' }), queue('dead')],
    consumers: [subscriber('consumer-1', 'orders', 'reject'), subscriber('undertaker-1', 'dead', 'nack', 0)],
  }),
  'one-return-too-many': aScenario({ ...base, queues: [queue('orders', { ...toDead, deliveryLimit: 2 }), queue('dead')], consumers: [poisoned('reject-requeue')] }),
  'one-return-too-few': aScenario({ ...base, queues: [queue('orders', { ...toDead, deliveryLimit: 2 }), queue('dead')], consumers: [poisoned('reject-requeue')] }),
  'nack-counted': aScenario({ ...base, version: '4.3', queues: [queue('orders', { ...toDead, deliveryLimit: 1 }), queue('dead')], consumers: [subscriber('consumer-1', 'orders', 'nack', 0.4), subscriber('consumer-2', 'orders', 'reject-requeue', 0.4)] }),
  'retry-delay-ignored': aScenario({
    ...base, version: '4.3', queues: [queue('orders', { delayedRetry: { type: 'all', minMicros: 500 * MILLISECOND, maxMicros: 2_000 * MILLISECOND } })],
    consumers: [subscriber('consumer-1', 'orders', 'nack')],
  }),
  'given-back-first': aScenario({
    ...base, queues: [queue('orders', { deliveryLimit: null })], consumers: [{ ...subscriber('consumer-1', 'orders', 'nack', 0.2), handler: { ...poisoned('reject-requeue').handler, time: constant(25 * MILLISECOND), failure: 0.2, poisonEvery: 0 } }],
  }),
  'normal-lane-starves': aScenario({
    ...base, queues: [queue('orders')], producers: [base.producers[0], { ...base.producers[0], name: 'producer-2', publish: { ...base.producers[0].publish!, priority: 9 } }],
    consumers: [{ ...subscriber('consumer-1', 'orders', 'nack'), handler: { ...poisoned('reject-requeue').handler, time: constant(15 * MILLISECOND), poisonEvery: 0 } }],
  }),
  // A minute of load in a second: what comes back waits behind others that did.
  'returns-by-age': aScenario({
    ...base, queues: [queue('orders', { deliveryLimit: 100 })], producers: [{ ...base.producers[0], interval: constant(2 * MILLISECOND) }],
    consumers: ['consumer-1', 'consumer-2'].map((name) => ({ ...subscriber(name, 'orders', 'nack', 0.4), concurrency: 5 })),
    faults: [1, 2, 3].map((at) => ({ at: at * 200 * MILLISECOND, fault: 'connection-reset', target: 'consumer-1' })),
  }),
};
