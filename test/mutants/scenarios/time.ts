import { aConsumer, aProducer, aQueue, aScenario, constant, MINUTE, SECOND } from '../../scenarios/a-scenario.js';
import { twoConsumers, type ScenariosOf } from './parts.js';

const HOUR = 60 * MINUTE;

export const timeScenarios: ScenariosOf = {
  'delay-ends-with-lease': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND })],
    producers: [aProducer({ name: 'now', messages: 50 }), aProducer({ name: 'later', messages: 50, delayMicros: 20 * SECOND })],
    consumers: twoConsumers((name) => aConsumer(name, { handler: { failure: 0.3 } })),
  }),
  'retention-skips-received': aScenario({
    queues: [aQueue('orders', { retentionMicros: MINUTE, visibilityTimeoutMicros: 20 * SECOND })],
    producers: [aProducer({ messages: 20 })],
    consumers: twoConsumers((name) => aConsumer(name, { handler: { poisonEvery: 5 } })),
    durationMicros: 3 * MINUTE, stopWhenDone: false,
  }),
  'extension-added': aScenario({
    producers: [aProducer({ messages: 20 })],
    consumers: twoConsumers((name) => aConsumer(name, { extendEveryMicros: 10 * SECOND, handler: { time: constant(45 * SECOND) } })),
  }),
  'lease-cap-not-checked': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 8 * HOUR })],
    producers: [aProducer({ messages: 2 })],
    consumers: [aConsumer('consumer', { extendEveryMicros: 5 * HOUR, handler: { time: constant(7 * HOUR) } })],
    drainMicros: 10 * HOUR,
  }),
  'drop-undone': aScenario({
    queues: [aQueue('orders', { retentionMicros: MINUTE })],
    producers: [aProducer({ messages: 20 })],
    consumers: [aConsumer('consumer', { startMicros: 80 * SECOND })],
    durationMicros: 3 * MINUTE, stopWhenDone: false,
  }),
};
