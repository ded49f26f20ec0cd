import { aConsumer, aProducer, aScenario, constant, SECOND } from '../../scenarios/a-scenario.js';
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
};
