import type { BrokerSpec, ConsumerSpec, HandlerSpec, ProducerSpec, QueueSpec, Scenario } from '../../scenarios/index.js';

export const MILLISECOND = 1000;
export const SECOND = 1000 * MILLISECOND;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

export const constant = (value: number) => ({ kind: 'constant', value }) as const;

const RETRY = {
  timeoutMicros: 5 * SECOND, attempts: 5, backoffBaseMicros: 100 * MILLISECOND, backoffCapMicros: 5 * SECOND, jitter: 'full',
  retryOn: ['timeout', 'connection', 'throttling', 'nack'], throttledBaseMicros: null, budget: null,
} as const;

export function aQueue(name: string, settings: Partial<QueueSpec> = {}): QueueSpec {
  return {
    name, visibilityTimeoutMicros: 30 * SECOND, delayMicros: 0, retentionMicros: 4 * DAY, receiveWaitMicros: 0,
    maxMessageBytes: 1_048_576, deadLetter: null, kind: 'standard', contentBasedDeduplication: false, deduplicationScope: 'queue',
    throughputLimit: 'perQueue', maxInFlight: 120_000, isFair: true, replicas: null, ...settings,
  };
}

export function aProducer(settings: Partial<ProducerSpec> = {}): ProducerSpec {
  return {
    name: 'producer', queue: 'orders', interval: constant(20 * MILLISECOND), startMicros: 0, messages: 500, sizeBytes: constant(200), sends: null,
    delayMicros: null, maxInFlight: 100, batchSize: 1, retry: RETRY, groups: null, deduplication: 'none', keepsGroupOrder: false,
    lingerMicros: 0, buffer: null, breaker: null, write: null, crashes: [], ...settings,
  };
}

export function aConsumer(name: string, settings: Partial<Omit<ConsumerSpec, 'handler'>> & { readonly handler?: Partial<HandlerSpec> } = {}): ConsumerSpec {
  const { handler, ...rest } = settings;
  return {
    name, queue: 'orders', startMicros: 0, concurrency: 4, batchSize: 4, waitTimeMicros: 10 * SECOND, visibilityTimeoutMicros: null,
    extendEveryMicros: null, onFailure: { kind: 'leave' }, retry: RETRY,
    handler: { kind: 'plain', time: constant(10 * MILLISECOND), failure: 0, poisonEvery: 0, memory: null, keys: null, transaction: 'together', ...handler }, 
    stopMicros: null, acknowledgeBatchSize: 1, acknowledgeLingerMicros: 0, usesAttemptIds: false, bufferSize: null, crashes: [], ...rest,
  };
}

const BROKER: BrokerSpec = {
  name: 'broker', flush: 'always', flushIntervalMicros: SECOND, cores: 2, cpuCost: 1, segmentBytes: 1_048_576,
  disk: {
    writeLatency: constant(20), syncLatency: constant(2 * MILLISECOND), readLatency: constant(100),
    bandwidthBytesPerSecond: 500_000_000, capacityBytes: 1e11,
  },
};

/** A queue called `orders`, 500 messages in ten seconds, two consumers; nothing goes wrong. */
export function aScenario(settings: Partial<Omit<Scenario, 'broker'>> & { readonly broker?: Partial<BrokerSpec> } = {}): Scenario {
  const { broker, ...rest } = settings;
  return {
    name: 'a-scenario', description: '', file: 'a-scenario.yaml', sha256: '', personality: 'sqs', seed: '1',
    durationMicros: 30 * SECOND, drainMicros: 10 * MINUTE, heal: 'all', stopWhenDone: true,
    network: { latency: constant(500), bandwidthBytesPerSecond: 125_000_000, loss: 0 },
    queues: [aQueue('orders')], producers: [aProducer()], consumers: [aConsumer('consumer-1'), aConsumer('consumer-2')],
    faults: [], expect: { promises: [], thresholds: [] }, overrides: [], settings: [],
    ...rest, broker: { ...BROKER, ...broker },
  };
}
