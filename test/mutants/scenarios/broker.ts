import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { twoConsumers, type ScenariosOf } from './parts.js';

export const brokerScenarios: ScenariosOf = {
  'scribble-body': aScenario(),
  'reply-before-durable': aScenario({
    producers: [aProducer({ interval: constant(MILLISECOND), messages: 2000 })],
    consumers: twoConsumers((name) => aConsumer(name, { startMicros: 5 * SECOND })),
    faults: [{ at: 1 * SECOND, fault: 'power-loss', target: 'broker', for: SECOND }],
  }),
  'store-before-validation': aScenario({
    queues: [aQueue('orders', { maxMessageBytes: 1024 })],
    producers: [aProducer({ sizeBytes: { kind: 'uniform', min: 500, max: 1500 } })],
  }),
};
