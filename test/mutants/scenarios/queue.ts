import { aConsumer, aProducer, aQueue, aScenario, constant, MINUTE, SECOND } from '../../scenarios/a-scenario.js';
import { twoConsumers, type ScenariosOf } from './parts.js';

export const queueScenarios: ScenariosOf = {
  'delete-not-journalled': aScenario({ faults: [{ at: 6 * SECOND, fault: 'crash', target: 'broker', for: SECOND }] }),
  'retention-forgets-in-flight': aScenario({
    queues: [aQueue('orders', { retentionMicros: MINUTE, visibilityTimeoutMicros: 2 * MINUTE })],
    producers: [aProducer({ messages: 20 })],
    consumers: twoConsumers((name) => aConsumer(name, { handler: { time: constant(90 * SECOND) } })),
    durationMicros: 3 * MINUTE, stopWhenDone: false,
  }),
};
