import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, MINUTE, SECOND } from '../../scenarios/a-scenario.js';
import { twoConsumers, type ScenariosOf } from './parts.js';

const HOUR = 60 * MINUTE;

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
  'lease-forgotten-at-restart': aScenario({
    consumers: [aConsumer('slow', { handler: { time: constant(20 * SECOND) } }), aConsumer('quick', { handler: { failure: 0.1 } })],
    producers: [aProducer({ messages: 250 })],
    faults: [{ at: 3 * SECOND, fault: 'crash', target: 'broker', for: 100 * MILLISECOND }],
  }),
  'deadlines-not-rebased': aScenario({
    consumers: twoConsumers((name) => aConsumer(name, { handler: { time: constant(25 * SECOND), failure: 0.3 } })),
    producers: [aProducer({ messages: 20 })],
    faults: [{ at: 10 * SECOND, fault: 'crash', target: 'broker', for: 100 * MILLISECOND }],
  }),
  'wall-clock-deadlines': aScenario({
    consumers: twoConsumers((name) => aConsumer(name, { handler: { time: constant(2 * SECOND), failure: 0.1 } })),
    producers: [aProducer({ messages: 50 })],
    faults: [{ at: 3 * SECOND, fault: 'clock-jump', target: 'broker', by: 5 * MINUTE, for: 10 * SECOND }],
  }),
  'handles-age-together': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: HOUR })],
    producers: [aProducer({ messages: 1 })],
    consumers: [
      aConsumer('patient', { visibilityTimeoutMicros: HOUR, extendEveryMicros: null, handler: { time: constant(13 * HOUR) } }),
      aConsumer('other', { startMicros: 2 * HOUR, visibilityTimeoutMicros: 12 * HOUR, extendEveryMicros: null, handler: { time: constant(11.5 * HOUR) } }),
    ],
    drainMicros: 20 * HOUR,
  }),
  'waiter-not-woken': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND })],
    producers: [aProducer({ messages: 50 })],
    consumers: twoConsumers((name) => aConsumer(name, { handler: { failure: 0.3 } })),
  }),
  'delay-does-not-wake': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND })],
    producers: [aProducer({ messages: 50, delayMicros: 3 * SECOND })],
    consumers: twoConsumers((name) => aConsumer(name, { handler: { failure: 0.1 } })),
  }),
};
