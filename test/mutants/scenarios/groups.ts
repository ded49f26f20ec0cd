import { aConsumer, aProducer, aQueue, aScenario, constant, MILLISECOND, MINUTE, SECOND } from '../../scenarios/a-scenario.js';
import type { ScenariosOf } from './parts.js';

const RETRY = { timeoutMicros: 300 * MILLISECOND, attempts: 20, backoffBaseMicros: 200 * MILLISECOND, backoffCapMicros: SECOND, jitter: 'full' } as const;
const fifo = (settings: Parameters<typeof aQueue>[1] = {}) => aQueue('orders.fifo', { kind: 'fifo', ...settings });
const grouped = (count: number, settings: Parameters<typeof aProducer>[0] = {}) =>
  aProducer({ queue: 'orders.fifo', groups: { name: 'group', count, choice: 'round-robin' }, deduplication: 'id', keepsGroupOrder: true, messages: 300, ...settings });

const two = (settings: Parameters<typeof aConsumer>[1]) => ['consumer-1', 'consumer-2'].map((name) => aConsumer(name, { queue: 'orders.fifo', ...settings }));

/** Two consumers that now and then are slower than their lease. */
const slow = (visibilityTimeoutMicros: number, handler: number) => ({
  queues: [fifo({ visibilityTimeoutMicros })],
  producers: [grouped(4, { messages: 40 })],
  consumers: two({ concurrency: 1, batchSize: 1, handler: { time: { kind: 'uniform', min: 10 * MILLISECOND, max: handler } } }),
});

export const groupScenarios: ScenariosOf = {
  'group-taken-from-behind': aScenario({
    queues: [fifo()], producers: [grouped(2, { interval: constant(MILLISECOND) })],
    // Who works on two messages at a time is not promised that their effects come in order.
    consumers: two({ concurrency: 2, batchSize: 2 }),
  }),
  'group-opens-at-first-delete': aScenario({
    queues: [fifo()], producers: [grouped(2, { interval: constant(MILLISECOND) })],
    // Two of them have a batch each; the third asks all the time.
    consumers: ['consumer-1', 'consumer-2', 'consumer-3'].map((name) =>
      aConsumer(name, { queue: 'orders.fifo', concurrency: 2, batchSize: 3, waitTimeMicros: 0, handler: { time: constant(50 * MILLISECOND) } })),
  }),
  'newest-worked-first': aScenario({
    queues: [fifo()], producers: [grouped(2, { interval: constant(MILLISECOND) })],
    consumers: two({ concurrency: 1, batchSize: 5, handler: { time: constant(20 * MILLISECOND) } }),
  }),
  'group-goes-on-behind-failure': aScenario({
    queues: [fifo()], producers: [grouped(2, { interval: constant(MILLISECOND) })],
    consumers: two({ concurrency: 5, batchSize: 5, keepsGroupOrder: true, onFailure: { kind: 'release' }, handler: { failure: 0.2 } }),
  }),
  'group-turns-ignored': aScenario({
    queues: [fifo()], producers: [grouped(1, { interval: constant(10 * MILLISECOND), retry: RETRY })], consumers: two({}),
    // What is on its way when the connection ends is lost.
    faults: [
      { at: SECOND, fault: 'network-partition-one-way', target: 'producer', peers: 'broker', for: 300 * MILLISECOND },
      { at: 1_100 * MILLISECOND, fault: 'connection-reset', target: 'producer', peers: 'broker' },
    ],
  }),
  'deduplication-forgotten-at-delete': aScenario({
    queues: [fifo()], producers: [grouped(4, { retry: RETRY })], consumers: two({}),
    faults: [{ at: 2 * SECOND, fault: 'network-partition-one-way', target: 'broker', peers: 'producer', for: 2 * SECOND }],
  }),
  'expired-handle-accepted': aScenario(slow(SECOND, 1_500 * MILLISECOND)),
  'acknowledged-by-message-id': aScenario(slow(SECOND, 3 * SECOND)),
  'freed-group-does-not-wake': aScenario({
    queues: [fifo()], producers: [grouped(1, { interval: constant(MILLISECOND), messages: 10 })],
    // The first one stops with its only message in work: only the second is there when that is deleted, and it waits already.
    consumers: [
      ...two({ concurrency: 1, batchSize: 1, waitTimeMicros: 5 * SECOND, handler: { time: constant(500 * MILLISECOND) }, stopMicros: 300 * MILLISECOND }).slice(0, 1),
      ...two({ startMicros: 100 * MILLISECOND, waitTimeMicros: 5 * SECOND }).slice(1),
    ],
  }),
  'poll-cut-short': aScenario({ producers: [aProducer({ messages: 5, interval: constant(10 * SECOND) })], consumers: two({ queue: 'orders', waitTimeMicros: 4 * SECOND }), durationMicros: MINUTE }),
  'one-in-flight-too-many': aScenario({
    queues: [aQueue('orders', { maxInFlight: 5 })],
    consumers: two({ queue: 'orders', handler: { time: constant(200 * MILLISECOND) } }),
  }),
  'retention-restarts-at-move': aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 20 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 2 } }), aQueue('dead', { retentionMicros: 2 * MINUTE })],
    producers: [aProducer({ messages: 20 })],
    consumers: two({ queue: 'orders', handler: { poisonEvery: 5 } }),
    durationMicros: 4 * MINUTE, stopWhenDone: false,
  }),
  'fair-queue-is-not': aScenario({
    queues: [aQueue('orders', { isFair: true })],
    producers: [
      grouped(1, { name: 'noisy', queue: 'orders', groups: { name: 'noisy', count: 1, choice: 'round-robin' }, deduplication: 'none', keepsGroupOrder: false, interval: constant(MILLISECOND), messages: 2000 }),
      grouped(1, { name: 'quiet', queue: 'orders', groups: { name: 'quiet', count: 1, choice: 'round-robin' }, deduplication: 'none', interval: constant(200 * MILLISECOND), messages: 20 }),
    ],
    consumers: two({ queue: 'orders', concurrency: 30, batchSize: 10, handler: { time: constant(100 * MILLISECOND) } }),
  }),
};
