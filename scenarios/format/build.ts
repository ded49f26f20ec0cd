import type { ConfidenceLevel } from '../../measures/index.js';
import type { ConsumerSpec, DistributionSpec, PromiseExpectation, ProducerSpec, QueueSpec, RetrySpec, Scenario, Setting, ThresholdSpec } from '../model.js';
import { buildCrashes, buildHandler, buildWrites } from './writes-build.js';
import { buildGuards } from './guards-build.js';
import { buildOperators } from './build-operators.js';
import { buildFaults } from './build-faults.js';
import { buildExchanges, buildPublish, buildPush, buildSubscription, impliedFlush } from './rabbitmq-build.js';
import { buildRegions } from './regions.js';
import { buildFuzz } from './build-fuzz.js';
import { listedWorkload, type ListedWorkload } from './listed-sends.js';
import { expandedNames, type MachineGroup } from './machines.js';
import { nodeAt, spanOfNode, type Path } from './node-at.js';
import type { Origin } from './placing.js';
import type { Position } from './source.js';
import { type Confidence, EXPECTED_VERDICTS, type ExpectedVerdict } from './schema/expect-section.js';
import type { ParsedConsumer, ParsedProducer, ParsedQueue, ParsedRetry, ParsedScenario } from './schema/scenario-schema.js';

export interface BuildInput {
  readonly parsed: ParsedScenario;
  readonly origin: Origin;
  readonly groups: readonly MachineGroup[];
  readonly settings: readonly Setting[];
  readonly sha256: string;
  /** The `--set` arguments. */
  readonly overrides: readonly string[];
}

/** What the file says of itself and of what is expected is no setting of the experiment. */
const NOT_SETTINGS = /^(name|description|faults|expect|fuzz)(\.|$)/;

/** Puts the model together from a scenario that was found in order. */
export function buildScenario({ parsed, origin, groups, settings, sha256, overrides }: BuildInput): Scenario {
  const flush = impliedFlush(parsed, settings);
  return {
    name: parsed.name,
    description: parsed.description,
    file: origin.source.name,
    sha256,
    personality: parsed.personality,
    ...buildExchanges(parsed),
    seed: parsed.seed,
    durationMicros: parsed.duration,
    drainMicros: parsed.drain,
    heal: parsed.heal,
    ...buildDead(parsed.dead),
    stopWhenDone: parsed.stopWhenDone,
    broker: { ...buildBroker(parsed.broker), flush },
    network: {
      latency: parsed.network.latency,
      ...buildRegions(parsed.network, groups),
      bandwidthBytesPerSecond: parsed.network.bandwidth,
      loss: parsed.network.loss,
    },
    queues: Object.entries(parsed.queues).map(([name, queue]) => Object.assign(buildQueue(name, queue), buildPush(queue, parsed))),
    producers: expand(parsed.producers, (name, producer) => Object.assign(buildProducer(name, producer, parsed.queues), buildPublish(producer, parsed))),
    consumers: expand(parsed.consumers, (name, consumer) => Object.assign(buildConsumer(name, consumer), buildSubscription(consumer, parsed))),
    ...buildOperators(parsed),
    faults: buildFaults(parsed.faults, groups),
    expect: { promises: buildPromises(parsed.expect, origin), thresholds: buildThresholds(parsed.expect, origin), confidence: buildConfidence(parsed.expect.confidence) },
    fuzz: buildFuzz(parsed.fuzz),
    overrides,
    settings: settings.filter(({ path }) => !NOT_SETTINGS.test(path)).map((setting) => (setting.path === 'broker.flush' ? { ...setting, value: flush } : setting)),
  };
}

function buildDead(dead: ParsedScenario['dead']): Pick<Scenario, 'dead'> {
  const deaths = Object.entries(dead).map(([machine, fault]) => ({ machine, fault }));
  return deaths.length === 0 ? {} : { dead: deaths };
}

function buildBroker(broker: ParsedScenario['broker']): Scenario['broker'] {
  return {
    name: broker.name,
    flush: broker.flush,
    flushIntervalMicros: broker.flushInterval,
    cores: broker.cores,
    cpuCost: broker.cpuCost,
    segmentBytes: broker.segmentSize,
    disk: {
      writeLatency: broker.disk.writeLatency,
      syncLatency: broker.disk.syncLatency,
      readLatency: broker.disk.readLatency,
      bandwidthBytesPerSecond: broker.disk.bandwidth,
      capacityBytes: broker.disk.capacity,
    },
  };
}

const buildQueue = (name: string, queue: ParsedQueue): QueueSpec => ({
  name,
  visibilityTimeoutMicros: queue.visibilityTimeout,
  delayMicros: queue.delay,
  retentionMicros: queue.retention,
  receiveWaitMicros: queue.receiveWait,
  maxMessageBytes: queue.maxMessageSize,
  deadLetter: queue.deadLetter ?? null,
  kind: queue.fifo ? 'fifo' : 'standard',
  contentBasedDeduplication: queue.contentBasedDeduplication,
  deduplicationScope: queue.deduplicationScope,
  throughputLimit: queue.throughputLimit,
  maxInFlight: queue.maxInFlight,
  isFair: queue.fair,
  ...(queue.requestsPerSecond === null ? {} : { quotaPerSecond: queue.requestsPerSecond }),
  ...(queue.staleHandles.delete === 'settles' ? {} : { supersededSettle: queue.staleHandles.delete }),
  ...(queue.staleHandles.change === 'accepted' ? {} : { expiredChange: queue.staleHandles.change }),
  ...(queue.lookAhead === null ? {} : { lookAhead: queue.lookAhead }),
  ...(queue.repeatsAtZeroTimeout ? { repeatsAtZeroTimeout: true } : {}),
  ...(queue.purgeTakes === 0 ? {} : { removalMicros: queue.purgeTakes }),
  ...(queue.attributesTake === 0 ? {} : { attributesTakeMicros: queue.attributesTake }),
  ...(queue.retentionTakes === 0 ? {} : { retentionTakesMicros: queue.retentionTakes }),
  replicas: queue.anomalies === undefined ? null : {
    servers: queue.anomalies.servers,
    sampled: queue.anomalies.sampled,
    missedReceive: queue.anomalies.missedReceive,
    staleMicros: queue.anomalies.staleFor,
    missedPoll: queue.anomalies.missedPoll,
    missedDelete: queue.anomalies.missedDelete,
    counterAgeMicros: queue.anomalies.counterAge,
  },
});

/** One specification per machine. */
function expand<Parsed extends { readonly count: number }, Spec>(entries: Readonly<Record<string, Parsed>>, build: (name: string, entry: Parsed) => Spec): Spec[] {
  return Object.entries(entries).flatMap(([name, entry]) => expandedNames(name, entry.count).map((machine) => build(machine, entry)));
}

const MICROS_PER_SECOND = 1_000_000;

/** A producer without `interval` has a rate; the references are checked before anything is built. */
const intervalOf = (producer: ParsedProducer): DistributionSpec =>
  producer.interval ?? { kind: 'constant', value: MICROS_PER_SECOND / (producer.rate ?? Number.NaN) };

function workloadOf(producer: ParsedProducer): ListedWorkload {
  const { sends, size, start, messages } = producer;
  if (sends === undefined) return { sends: null, interval: intervalOf(producer), startMicros: start, messages, sizeBytes: size };
  // A size that is drawn is needed for no entry: the references are checked.
  const usualBytes = size.kind === 'constant' ? size.value : Number.NaN;
  return listedWorkload(sends.map((send) => ({
    atMicros: send.at, sizeBytes: send.size ?? usualBytes, takesMicros: send.takes ?? null, fails: send.fails ?? null,
  })));
}

const groupsOf = (producer: ParsedProducer, queue: ParsedQueue | undefined): ProducerSpec['groups'] => {
  const count = producer.groups ?? (queue?.fifo === true ? 1 : 0);
  return count === 0 ? null : { name: producer.group, count, choice: producer.groupChoice };
};

const deduplicationOf = ({ deduplication }: ParsedProducer, queue: ParsedQueue | undefined): 'id' | 'none' => {
  if (deduplication !== 'auto') return deduplication;
  return queue?.fifo === true && !queue.contentBasedDeduplication ? 'id' : 'none';
};

const keepsOrder = (producer: ParsedProducer, queue: ParsedQueue | undefined): boolean => {
  if ((groupsOf(producer, queue) ?? null) === null) return false;
  return producer.groupOrder === 'auto' ? queue?.fifo === true : producer.groupOrder === 'kept';
};

/** The references are checked: it has one of them. */
const destinationOf = ({ queue, exchange }: ParsedProducer): string => queue ?? exchange ?? '';

const buildProducer = (name: string, producer: ParsedProducer, queues: ParsedScenario['queues']): ProducerSpec => ({
  name,
  queue: destinationOf(producer),
  ...workloadOf(producer),
  delayMicros: producer.delay,
  maxInFlight: producer.maxInFlight,
  batchSize: producer.batchSize,
  lingerMicros: producer.linger,
  retry: buildRetry(producer.retry),
  groups: groupsOf(producer, queues[destinationOf(producer)]) ?? null,
  deduplication: deduplicationOf(producer, queues[destinationOf(producer)]),
  keepsGroupOrder: keepsOrder(producer, queues[destinationOf(producer)]),
  ...buildGuards(producer),
  ...buildWrites(producer),
});

const buildConsumer = (name: string, consumer: ParsedConsumer): ConsumerSpec => ({
  name,
  queue: consumer.queue,
  startMicros: consumer.start,
  concurrency: consumer.concurrency,
  batchSize: consumer.batchSize,
  waitTimeMicros: consumer.waitTime,
  visibilityTimeoutMicros: consumer.visibilityTimeout,
  handler: buildHandler(consumer.handler),
  extendEveryMicros: consumer.extendEvery,
  onFailure: consumer.onFailure,
  retry: buildRetry(consumer.retry),
  stopMicros: consumer.stop,
  acknowledgeBatchSize: consumer.acknowledgeBatch,
  acknowledgeLingerMicros: consumer.acknowledgeLinger,
  usesAttemptIds: consumer.attemptIds,
  ...(consumer.groupOrder === 'kept' ? { keepsGroupOrder: true } : {}),
  bufferSize: consumer.buffer,
  ...buildCrashes(consumer),
});

const buildRetry = (retry: ParsedRetry): RetrySpec => ({
  timeoutMicros: retry.timeout,
  attempts: retry.attempts,
  backoffBaseMicros: retry.backoffBase,
  backoffCapMicros: retry.backoffCap,
  jitter: retry.jitter,
  retryOn: retry.on,
  throttledBaseMicros: retry.throttledBase,
  ...(retry.pace === 'none' ? {} : { pace: retry.pace }),
  budget: retry.budget ?? null,
});

const LEVELS = { '90%': 0.9, '95%': 0.95, '99%': 0.99 } as const satisfies Record<Confidence, ConfidenceLevel>;
const buildConfidence = (confidence: Confidence | undefined): ConfidenceLevel | null => (confidence === undefined ? null : LEVELS[confidence]);

function buildPromises(expect: ParsedScenario['expect'], origin: Origin): PromiseExpectation[] {
  return Object.entries<unknown>(expect)
    .filter((entry): entry is [string, ExpectedVerdict] => (EXPECTED_VERDICTS as readonly unknown[]).includes(entry[1]))
    .map(([invariant, verdict]) => ({ invariant, verdict, ...positionOf(origin, ['expect', invariant], 'key') }));
}

function buildThresholds(expect: ParsedScenario['expect'], origin: Origin): ThresholdSpec[] {
  return expect.thresholds.map((threshold, index) => ({ ...threshold, ...positionOf(origin, ['expect', 'thresholds', index], 'value') }));
}

/** Where the file says it; line and column 1 for what an override brought in. */
function positionOf(origin: Origin, path: Path, part: 'key' | 'value'): Position {
  const span = spanOfNode(nodeAt(origin.document, path)?.[part] ?? null);
  return span === null ? { line: 1, column: 1 } : origin.source.position(span.start);
}
