import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, SECOND } from '../../scenarios/a-scenario.js';
import { type ScenariosOf, twoConsumers } from './parts.js';

const IMPATIENT = { timeoutMicros: 300 * MILLISECOND, attempts: 2, backoffBaseMicros: 10 * MILLISECOND, backoffCapMicros: 10 * MILLISECOND, jitter: 'none' } as const;

/** Answers of the broker do not reach the producer for a while; its requests do. */
const deaf = { at: 2 * SECOND, fault: 'network-partition-one-way', target: 'broker', peers: 'producer', for: 2 * SECOND };
/** Requests of the producer do not reach the broker for a while. */
const mute = { at: 2 * SECOND, fault: 'network-partition-one-way', target: 'producer', peers: 'broker', for: 2 * SECOND };

const tooLarge = { queues: [aQueue('orders', { maxMessageBytes: 1024 })] };
const mixedSizes = { kind: 'uniform', min: 500, max: 1500 } as const;

export const producerScenarios: ScenariosOf = {
  'retry-with-new-id': aScenario({ producers: [aProducer({ retry: { ...IMPATIENT, attempts: 5 } })], faults: [deaf] }),
  'timed-out-send-reported-failed': aScenario({ producers: [aProducer({ retry: IMPATIENT })], faults: [deaf] }),
  'service-error-taken-for-refusal': aScenario({
    producers: [aProducer({ retry: IMPATIENT })],
    // What is throttled twice has failed for certain.
    faults: [
      { at: 0, fault: 'service-error', target: 'broker', probability: 0.5, requests: 'send', carriedOut: 1 },
      { at: 0, fault: 'service-error', target: 'broker', error: 'throttled', probability: 0.5, requests: 'send' },
    ],
  }),
  'unanswered-send-taken-for-done': aScenario({ producers: [aProducer({ retry: IMPATIENT })], faults: [mute] }),
  'batch-failures-ignored': aScenario({
    ...tooLarge, producers: [aProducer({ sizeBytes: mixedSizes, batchSize: 10, interval: constant(0), messages: 200 })],
  }),
  'replies-matched-by-order': aScenario({
    ...tooLarge, producers: [aProducer({ sizeBytes: mixedSizes, interval: constant(MILLISECOND) })],
    consumers: twoConsumers((name) => aConsumer(name)),
  }),
};
