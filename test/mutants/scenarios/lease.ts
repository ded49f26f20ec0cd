import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { twoConsumers, type ScenariosOf } from './parts.js';

export const leaseScenarios: ScenariosOf = {
  'lease-handed-out-twice': aScenario({ consumers: twoConsumers((name) => aConsumer(name, { handler: { time: constant(200 * MILLISECOND) } })) }),
  'extend-in-milliseconds': aScenario({
    producers: [aProducer({ messages: 20 })],
    consumers: twoConsumers((name) => aConsumer(name, { extendEveryMicros: 10 * SECOND, handler: { time: constant(45 * SECOND), failure: 0.3 } })),
  }),
  'lease-timer-not-rearmed': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND })],
    producers: [aProducer({ messages: 100 })],
    consumers: twoConsumers((name) => aConsumer(name, { handler: { failure: 0.3 } })),
  }),
  'release-resets-count': aScenario({ consumers: twoConsumers((name) => aConsumer(name, { onFailure: { kind: 'release' }, handler: { failure: 0.3 } })) }),
};
