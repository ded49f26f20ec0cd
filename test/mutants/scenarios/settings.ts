import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, MINUTE, SECOND } from '../../scenarios/a-scenario.js';
import { classic, pushed, subscribers } from './channels.js';
import { twoConsumers, type ScenariosOf } from './parts.js';

const slow = subscribers({ handler: { time: constant(30 * MILLISECOND), failure: 0.05 } });
const extending = aScenario({
  producers: [aProducer({ messages: 20 })],
  consumers: twoConsumers((name) => aConsumer(name, { extendEveryMicros: 10 * SECOND, handler: { time: constant(45 * SECOND) } })),
});

export const settingScenarios: ScenariosOf = {
  'retention-halved': aScenario({
    queues: [aQueue('orders', { retentionMicros: MINUTE })], producers: [aProducer({ messages: 20 })],
    consumers: [aConsumer('consumer', { startMicros: 80 * SECOND })], durationMicros: 3 * MINUTE, stopWhenDone: false,
  }),
  'ttl-halved': aScenario({ ...pushed, queues: [classic({ messageTtlMicros: 400 * MILLISECOND })], consumers: slow }),
  'length-limit-halved': aScenario({ ...pushed, queues: [classic({ maxLength: 10 })], consumers: slow }),
  'purged-by-restart': aScenario({
    ...pushed, queues: [classic({ maxLength: 50 })], consumers: slow, faults: [{ at: 400 * MILLISECOND, fault: 'crash', target: 'broker', for: 100 * MILLISECOND }],
  }),
  'rejected-by-nobody': aScenario({ ...pushed, queues: [classic({ maxLength: 10 })], consumers: slow }),
  'lease-tripled': extending,
  'lease-too-short': extending,
  'delay-doubled': aScenario({ producers: [aProducer({ messages: 50, delayMicros: 5 * SECOND })] }),
};
