import type { Scenario } from '../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, MINUTE, SECOND } from '../scenarios/a-scenario.js';

const withDeadLetters = [aQueue('orders', { visibilityTimeoutMicros: 5 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 3 } }), aQueue('dead')];
const poisoned = (name: string) => aConsumer(name, { onFailure: { kind: 'release' }, handler: { poisonEvery: 50 } });
const consumers = (make: (name: string) => ReturnType<typeof aConsumer>) => [make('consumer-1'), make('consumer-2')];

/** For each mutant the run in which its bug shows, and nothing is wrong without it. */
export const MUTANT_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'scribble-body': aScenario(),
  'reply-before-durable': aScenario({
    producers: [aProducer({ interval: constant(MILLISECOND), messages: 2000 })],
    consumers: consumers((name) => aConsumer(name, { startMicros: 5 * SECOND })),
    faults: [{ at: 1 * SECOND, fault: 'power-loss', target: 'broker', for: SECOND }],
  }),
  'store-before-validation': aScenario({
    queues: [aQueue('orders', { maxMessageBytes: 1024 })],
    producers: [aProducer({ sizeBytes: { kind: 'uniform', min: 500, max: 1500 } })],
  }),
  'delete-not-journalled': aScenario({ faults: [{ at: 6 * SECOND, fault: 'crash', target: 'broker', for: SECOND }] }),
  'lease-handed-out-twice': aScenario({ consumers: consumers((name) => aConsumer(name, { handler: { time: constant(200 * MILLISECOND) } })) }),
  'extend-in-milliseconds': aScenario({
    producers: [aProducer({ messages: 20 })],
    consumers: consumers((name) => aConsumer(name, { extendEveryMicros: 10 * SECOND, handler: { time: constant(45 * SECOND), failure: 0.3 } })),
  }),
  'lease-timer-not-rearmed': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND })],
    producers: [aProducer({ messages: 100 })],
    consumers: consumers((name) => aConsumer(name, { handler: { failure: 0.3 } })),
  }),
  'release-resets-count': aScenario({ consumers: consumers((name) => aConsumer(name, { onFailure: { kind: 'release' }, handler: { failure: 0.3 } })) }),
  'one-delivery-too-many': aScenario({ queues: withDeadLetters, consumers: consumers(poisoned) }),
  'dead-letter-on-timeout': aScenario({
    queues: withDeadLetters,
    producers: [aProducer({ messages: 20 })],
    // The only consumer is busy, and nobody polls, when the last lease of a poison message ends.
    consumers: [aConsumer('consumer', { concurrency: 1, batchSize: 1, handler: { time: constant(3 * SECOND), poisonEvery: 7 } })],
  }),
  'dead-letter-copied-twice': aScenario({ queues: withDeadLetters, consumers: consumers(poisoned) }),
  'retention-forgets-in-flight': aScenario({
    queues: [aQueue('orders', { retentionMicros: MINUTE, visibilityTimeoutMicros: 2 * MINUTE })],
    producers: [aProducer({ messages: 20 })],
    consumers: consumers((name) => aConsumer(name, { handler: { time: constant(90 * SECOND) } })),
    durationMicros: 3 * MINUTE, stopWhenDone: false,
  }),
  'acknowledge-after-work': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: SECOND })],
    producers: [aProducer({ messages: 100 })],
    consumers: consumers((name) => aConsumer(name, { handler: { kind: 'ack-first', time: constant(1500 * MILLISECOND) } })),
  }),
  'coarse-deduplication-id': aScenario({ consumers: consumers((name) => aConsumer(name, { handler: { kind: 'idempotent' } })) }),
};
