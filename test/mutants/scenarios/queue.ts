import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, MINUTE, SECOND } from '../../scenarios/a-scenario.js';
import { twoConsumers, type ScenariosOf } from './parts.js';

export const queueScenarios: ScenariosOf = {
  'delete-not-journalled': aScenario({ faults: [{ at: 6 * SECOND, fault: 'crash', target: 'broker', for: SECOND }] }),
  'retention-forgets-in-flight': aScenario({
    queues: [aQueue('orders', { retentionMicros: MINUTE, visibilityTimeoutMicros: 2 * MINUTE })],
    producers: [aProducer({ messages: 20 })],
    consumers: twoConsumers((name) => aConsumer(name, { handler: { time: constant(90 * SECOND) } })),
    durationMicros: 3 * MINUTE, stopWhenDone: false,
  }),
  'delete-missed-by-replica': aScenario({ queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND })] }),
  'count-not-journalled': aScenario({
    consumers: twoConsumers((name) => aConsumer(name, { handler: { time: constant(2 * SECOND) } })),
    producers: [aProducer({ messages: 50 })],
    faults: [{ at: 3 * SECOND, fault: 'crash', target: 'broker', for: 100 * MILLISECOND }],
  }),
  'message-id-given-again': aScenario({
    broker: { flush: 'never' },
    consumers: twoConsumers((name) => aConsumer(name, { concurrency: 100, handler: { time: constant(1500 * MILLISECOND) } })),
    faults: [2, 4, 6, 8].map((at) => ({ at: at * SECOND, fault: 'power-loss', target: 'broker', for: 100 * MILLISECOND })),
  }),
};
