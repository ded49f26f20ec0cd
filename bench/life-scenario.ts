import type { ConsumerSpec, ProducerSpec, Scenario } from '../scenarios/index.js';

const SECOND = 1_000_000;
const PRODUCERS = 4;
const CONSUMERS = 20;
/** All producers together, in virtual time. */
const RATE_PER_SECOND = 100_000;

const constant = (value: number) => ({ kind: 'constant', value }) as const;
const RETRY = { timeoutMicros: 5 * SECOND, attempts: 3, backoffBaseMicros: 100_000, backoffCapMicros: 5 * SECOND, jitter: 'full' } as const;

const producer = (name: string, index: number, messages: number): ProducerSpec => ({
  name, queue: 'orders', interval: constant((SECOND * PRODUCERS) / RATE_PER_SECOND), startMicros: index * 10,
  messages: messages / PRODUCERS, sizeBytes: constant(64), sends: null, delayMicros: null, maxInFlight: 1000, batchSize: 1, retry: RETRY,
});

const consumer = (name: string): ConsumerSpec => ({
  name, queue: 'orders', startMicros: 0, concurrency: 10, batchSize: 10, waitTimeMicros: 20 * SECOND, visibilityTimeoutMicros: null,
  handler: { kind: 'plain', time: constant(0), failure: 0, poisonEvery: 0 }, extendEveryMicros: null, onFailure: { kind: 'leave' }, retry: RETRY,
});

const names = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);

/**
 * The whole life of so many messages of 64 bytes on one queue that keeps up: sent one by one, journalled, synced, acknowledged, received ten at
 * a time, processed, deleted one by one. Nothing goes wrong.
 */
export function lifeScenario(messages: number): Scenario {
  return {
    name: 'message-life', description: '', file: 'bench/life-scenario.ts', sha256: '', personality: 'sqs', seed: '1',
    durationMicros: Math.ceil((messages / RATE_PER_SECOND) * SECOND) + SECOND, drainMicros: 60 * SECOND, heal: 'all', stopWhenDone: true,
    broker: {
      name: 'broker', flush: 'always', flushIntervalMicros: SECOND, cores: 4, cpuCost: 0, segmentBytes: 16 * 1024 * 1024,
      disk: {
        writeLatency: constant(20), syncLatency: constant(200), readLatency: constant(100),
        bandwidthBytesPerSecond: 500_000_000, capacityBytes: 1e12,
      },
    },
    network: { latency: constant(100), bandwidthBytesPerSecond: 1_250_000_000, loss: 0 },
    queues: [{
      name: 'orders', visibilityTimeoutMicros: 30 * SECOND, delayMicros: 0, retentionMicros: 345_600 * SECOND, receiveWaitMicros: 0,
      maxMessageBytes: 1_048_576, deadLetter: null,
    }],
    producers: names('producer', PRODUCERS).map((name, index) => producer(name, index, messages)),
    consumers: names('consumer', CONSUMERS).map(consumer),
    faults: [], expect: { promises: [], thresholds: [] }, overrides: [], settings: [],
  };
}
