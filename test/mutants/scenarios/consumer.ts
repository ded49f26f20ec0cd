import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { twoConsumers, type ScenariosOf } from './parts.js';

export const consumerScenarios: ScenariosOf = {
  'acknowledge-after-work': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: SECOND })],
    producers: [aProducer({ messages: 100 })],
    consumers: twoConsumers((name) => aConsumer(name, { handler: { kind: 'ack-first', time: constant(1500 * MILLISECOND) } })),
  }),
  'coarse-deduplication-id': aScenario({ consumers: twoConsumers((name) => aConsumer(name, { handler: { kind: 'idempotent' } })) }),
};
