import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, MINUTE, SECOND } from '../../scenarios/a-scenario.js';
import { classic, publisher, pushed, subscribers } from './channels.js';
import { poisoned, twoConsumers, withDeadLetters, type ScenariosOf } from './parts.js';
import * as quorum from './quorum.js';

const slow = subscribers({ handler: { time: constant(30 * MILLISECOND), failure: 0.05 } });
const extending = aScenario({
  queues: [aQueue('orders', { visibilityTimeoutMicros: 10 * SECOND })], producers: [aProducer({ messages: 20 })],
  consumers: twoConsumers((name) => aConsumer(name, { visibilityTimeoutMicros: 30 * SECOND, extendEveryMicros: 10 * SECOND, handler: { time: constant(45 * SECOND) } })),
});

const rejecting = subscribers({ handler: { time: constant(20 * MILLISECOND), failure: 0.2 }, subscription: { prefetch: 5, acknowledge: 'manual', acknowledgeEvery: 1, whenFailed: 'reject', priority: 0, exclusive: false } });
const returning = { ...quorum.base, queues: [quorum.queue('orders', { ...quorum.toDead, deliveryLimit: 2 }), quorum.queue('dead')], consumers: [quorum.poisoned('reject-requeue')] };
const purging = { name: 'operator-1', watch: null, actions: [{ time: { kind: 'at', micros: SECOND }, action: { kind: 'purge', queue: 'orders' } }], retry: publisher().retry } as const;

/** Sends to a FIFO queue whose answers are lost for so long, and which are repeated after that. */
const repeatedAfter = (silenceMicros: number) => aScenario({
  queues: [aQueue('orders.fifo', { kind: 'fifo' })],
  producers: [aProducer({
    queue: 'orders.fifo', groups: { name: 'group', count: 4, choice: 'round-robin' }, deduplication: 'id', keepsGroupOrder: true, messages: 150,
    retry: { ...publisher().retry, timeoutMicros: 300 * MILLISECOND, attempts: 30, backoffBaseMicros: 100 * MILLISECOND, backoffCapMicros: 40 * SECOND, jitter: 'none' },
  })],
  consumers: twoConsumers((name) => aConsumer(name, { queue: 'orders.fifo' })), durationMicros: 20 * MINUTE,
  faults: [{ at: 2 * SECOND, fault: 'network-partition-one-way', target: 'broker', peers: 'producer', for: silenceMicros }],
});
const crowded = (maxInFlight: number) => aScenario({
  queues: [aQueue('orders', { maxInFlight })],
  consumers: twoConsumers((name) => aConsumer(name, { onFailure: { kind: 'release' }, handler: { time: constant(200 * MILLISECOND), failure: 0.1 } })),
});

export const settingScenarios: ScenariosOf = {
  'retention-by-oldest-in-segment': aScenario({
    queues: [aQueue('orders', { retentionMicros: MINUTE })], producers: [aProducer({ messages: 20 })],
    consumers: [aConsumer('consumer', { startMicros: 80 * SECOND })], durationMicros: 3 * MINUTE, stopWhenDone: false,
  }),
  'ttl-in-wrong-unit': aScenario({ ...pushed, queues: [classic({ messageTtlMicros: 400 * MILLISECOND })], consumers: slow }),
  'unacknowledged-counted-to-length': aScenario({ ...pushed, queues: [classic({ maxLength: 10 })], consumers: slow }),
  'purged-by-restart': aScenario({
    ...pushed, queues: [classic({ maxLength: 50 })], consumers: slow, faults: [{ at: 400 * MILLISECOND, fault: 'crash', target: 'broker', for: 100 * MILLISECOND }],
  }),
  'rejected-by-nobody': aScenario({ ...pushed, queues: [classic({ maxLength: 10 })], consumers: slow }),
  'receive-timeout-added': extending,
  'receive-timeout-ignored': extending,
  'message-ttl-ignored': aScenario({ ...pushed, producers: [publisher({ expirationMicros: 200 * MILLISECOND })], consumers: slow }),
  'shortest-ttl-for-all': aScenario({
    ...pushed, consumers: slow,
    producers: [publisher({ expirationMicros: 200 * MILLISECOND }), { ...publisher({ expirationMicros: 5 * SECOND }), name: 'producer-2', interval: constant(20 * MILLISECOND), messages: 100 }],
  }),
  'purge-lasts': aScenario({ ...pushed, queues: [classic({ maxLength: 1000 })], consumers: slow, operators: [purging] }),
  'neighbour-rejected': aScenario({ ...pushed, consumers: rejecting }),
  'both-prefetches-granted': aScenario(pushed),
  'prefetch-shared-among-consumers': aScenario({ ...pushed, consumers: slow }),
  'default-receive-limit-taken': aScenario({ queues: withDeadLetters, consumers: twoConsumers(poisoned) }),
  'receives-counted-twice': aScenario({ queues: withDeadLetters, consumers: twoConsumers(poisoned) }),
  'default-delivery-limit-taken': aScenario(returning),
  'returns-counted-twice': aScenario(returning),
  'deduplication-by-bucket': repeatedAfter(280 * SECOND),
  'deduplication-swept-late': repeatedAfter(330 * SECOND),
  'upper-priorities-alike': aScenario({
    ...pushed, queues: [classic({ maxPriority: 5 })], producers: [publisher({ priority: 2 }), { ...publisher({ priority: 4 }), name: 'producer-2' }],
    consumers: subscribers({ handler: { time: constant(11 * MILLISECOND) } }),
  }),
  'expires-since-declared': aScenario({
    ...pushed, queues: [classic({ expiresMicros: 10 * SECOND })], producers: [{ ...publisher(), messages: 100 }], consumers: slow.map((consumer) => ({ ...consumer, stopMicros: SECOND })),
    stopWhenDone: false,
  }),
  'waits-added': aScenario({ queues: [aQueue('orders', { receiveWaitMicros: 3 * SECOND })], producers: [aProducer({ messages: 5, interval: constant(10 * SECOND) })], consumers: twoConsumers((name) => aConsumer(name, { waitTimeMicros: 4 * SECOND })), durationMicros: MINUTE }),
  'flight-limit-by-server': crowded(3),
  'flight-counted-by-each-server': crowded(6),
  'delays-added': aScenario({ queues: [aQueue('orders', { delayMicros: 3 * SECOND })], producers: [aProducer({ messages: 50, delayMicros: 5 * SECOND })] }),
};
