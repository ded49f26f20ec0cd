import { aConsumer, aProducer, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { poisoned, twoConsumers, withDeadLetters, type ScenariosOf } from './parts.js';

export const deadLetterScenarios: ScenariosOf = {
  'one-delivery-too-many': aScenario({ queues: withDeadLetters, consumers: twoConsumers(poisoned) }),
  'dead-letter-on-timeout': aScenario({
    queues: withDeadLetters,
    producers: [aProducer({ messages: 20 })],
    // The only consumer is busy, and nobody polls, when the last lease of a poison message ends.
    consumers: [aConsumer('consumer', { concurrency: 1, batchSize: 1, handler: { time: constant(3 * SECOND), poisonEvery: 7 } })],
  }),
  'dead-letter-copied-twice': aScenario({ queues: withDeadLetters, consumers: twoConsumers(poisoned) }),
  'one-delivery-too-few': aScenario({ queues: withDeadLetters, consumers: twoConsumers(poisoned) }),
  'dead-letter-in-two-steps': aScenario({
    queues: withDeadLetters, consumers: twoConsumers((name) => aConsumer(name, { onFailure: { kind: 'release' }, handler: { poisonEvery: 2 } })),
    faults: [2, 4, 6, 8].map((at) => ({ at: at * SECOND, fault: 'crash', target: 'broker', for: 100 * MILLISECOND })),
  }),
  'count-restarts-in-dead-letter-queue': aScenario({
    queues: withDeadLetters, consumers: [poisoned('consumer'), aConsumer('undertaker', { queue: 'dead' })],
  }),
};
