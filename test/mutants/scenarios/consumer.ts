import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { twoConsumers, type ScenariosOf } from './parts.js';

export const consumerScenarios: ScenariosOf = {
  'acknowledge-after-work': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: SECOND })],
    producers: [aProducer({ messages: 100 })],
    consumers: twoConsumers((name) => aConsumer(name, { handler: { kind: 'ack-first', time: constant(1500 * MILLISECOND) } })),
  }),
  'coarse-deduplication-id': aScenario({ consumers: twoConsumers((name) => aConsumer(name, { handler: { kind: 'idempotent' } })) }),
  'acknowledge-before-work': aScenario({ consumers: twoConsumers((name) => aConsumer(name, { handler: { kind: 'idempotent', failure: 0.1 } })) }),
  'deduplicate-by-copy': aScenario({
    consumers: twoConsumers((name) => aConsumer(name, { handler: { kind: 'idempotent' } })),
    faults: [{ at: 2 * SECOND, fault: 'network-partition-one-way', target: 'broker', peers: 'producer', for: 6 * SECOND }],
  }),
  'unanswered-ack-taken-for-done': aScenario({
    producers: [aProducer({ messages: 100 })],
    consumers: twoConsumers((name) => aConsumer(name, {
      retry: { timeoutMicros: 300 * MILLISECOND, attempts: 1, backoffBaseMicros: 10 * MILLISECOND, backoffCapMicros: 10 * MILLISECOND, jitter: 'none' },
      handler: { time: constant(500 * MILLISECOND) },
    })),
    faults: [{ at: 2 * SECOND, fault: 'crash', target: 'broker', for: 2 * SECOND }],
  }),
  'poll-lost-for-good': aScenario({
    producers: [aProducer({ interval: constant(100 * MILLISECOND), messages: 100 })],
    faults: [{ at: 5 * SECOND, fault: 'connection-reset', target: 'consumer-1' }, { at: 5 * SECOND, fault: 'connection-reset', target: 'consumer-2' }],
  }),
};
