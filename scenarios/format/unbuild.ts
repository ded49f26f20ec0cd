import { FAILURE_CLASSES } from '../../engine/index.js';
import type { ConsumerSpec, ProducerSpec, QueueSpec, ReplicaSpec, RetrySpec, Scenario } from '../model.js';
import { unbuildOperators } from './build-operators.js';
import { DEFAULT_FUZZ, unbuildFuzz } from './build-fuzz.js';
import { unbuildCrashes, unbuildHandler, unbuildWrites } from './writes-build.js';
import { unbuildGuards } from './guards-build.js';
import { groupMachines } from './group-machines.js';
import { unbuildPolicy } from './policy-build.js';
import { unbuildExchanges, unbuildPublish, unbuildPush, unbuildSubscription } from './rabbitmq-build.js';
import { SQS_LIMITS } from './schema/sqs-limits.js';
import type { ParsedConsumer, ParsedProducer, ParsedQueue, ParsedRetry, ParsedScenario } from './schema/scenario-schema.js';

/**
 * The inverse of {@link buildScenario}: a scenario as its file says it, every setting given. The types hold it to the format: a
 * setting that is new there is missing here.
 */
export function unbuildScenario(scenario: Scenario): ParsedScenario {
  const { name, description, personality, seed, broker, network } = scenario;
  return {
    name,
    description,
    personality,
    version: scenario.version ?? '4.2',
    ...(scenario.memoryLimitBytes === undefined ? {} : { memoryLimit: scenario.memoryLimitBytes }),
    ...(scenario.messageOverheadBytes === undefined ? {} : { messageOverhead: scenario.messageOverheadBytes }),
    ...(scenario.memoryCheckMicros === undefined ? {} : { memoryCheckInterval: scenario.memoryCheckMicros }),
    ...(scenario.diskFreeLimitBytes === undefined ? {} : { diskFreeLimit: scenario.diskFreeLimitBytes }),
    ...(scenario.consumerTimeoutMicros === undefined ? {} : { consumerTimeout: scenario.consumerTimeoutMicros }),
    ...(scenario.flow === undefined ? {} : { flowControl: scenario.flow }),
    seed,
    duration: scenario.durationMicros,
    drain: scenario.drainMicros,
    heal: scenario.heal,
    dead: Object.fromEntries((scenario.dead ?? []).map(({ machine, fault }) => [machine, fault])),
    stopWhenDone: scenario.stopWhenDone,
    broker: unbuildBroker(broker),
    network: unbuildNetwork(network),
    exchanges: unbuildExchanges(scenario),
    policies: Object.fromEntries((scenario.policies ?? []).map((policy) => [policy.name, unbuildPolicy(policy)])),
    queues: Object.fromEntries(scenario.queues.map((queue) => [queue.name, unbuildQueue(queue)])),
    ...unbuildClients(scenario),
    operators: unbuildOperators(scenario.operators ?? []),
    faults: [...scenario.faults],
    expect: unbuildExpect(scenario.expect),
    fuzz: unbuildFuzz(scenario.fuzz ?? DEFAULT_FUZZ),
  };
}

function unbuildBroker(broker: Scenario['broker']): ParsedScenario['broker'] {
  const { disk } = broker;
  return {
    name: broker.name,
    flush: broker.flush,
    flushInterval: broker.flushIntervalMicros,
    cores: broker.cores,
    cpuCost: broker.cpuCost,
    segmentSize: broker.segmentBytes,
    disk: {
      writeLatency: disk.writeLatency,
      syncLatency: disk.syncLatency,
      readLatency: disk.readLatency,
      bandwidth: disk.bandwidthBytesPerSecond,
      capacity: disk.capacityBytes,
    },
  };
}

const unbuildNetwork = ({ latency, bandwidthBytesPerSecond, loss, regions = [], routes = [] }: Scenario['network']): ParsedScenario['network'] => ({
  latency,
  bandwidth: bandwidthBytesPerSecond,
  loss,
  regions: Object.fromEntries(regions.map(({ name, machines }) => [name, machines])),
  routes: routes.map(({ between: [one, other], ...route }) => ({ between: [one, other], latency: route.latency })),
});

const unbuildQueue = (queue: QueueSpec): ParsedQueue => ({
  visibilityTimeout: queue.visibilityTimeoutMicros,
  delay: queue.delayMicros,
  retention: queue.retentionMicros,
  receiveWait: queue.receiveWaitMicros,
  maxMessageSize: queue.maxMessageBytes,
  ...(queue.deadLetter === null ? {} : { deadLetter: queue.deadLetter }),
  fifo: queue.kind === 'fifo',
  contentBasedDeduplication: queue.contentBasedDeduplication ?? false,
  deduplicationScope: queue.deduplicationScope ?? 'queue',
  throughputLimit: queue.throughputLimit ?? 'perQueue',
  maxInFlight: queue.maxInFlight ?? SQS_LIMITS.maxInFlight.max,
  fair: queue.isFair ?? true,
  requestsPerSecond: queue.quotaPerSecond ?? null,
  staleHandles: { delete: queue.supersededSettle ?? 'settles', change: queue.expiredChange ?? 'accepted' },
  lookAhead: queue.lookAhead ?? null,
  repeatsAtZeroTimeout: queue.repeatsAtZeroTimeout ?? false,
  purgeTakes: queue.removalMicros ?? 0,
  attributesTake: queue.attributesTakeMicros ?? 0,
  retentionTakes: queue.retentionTakesMicros ?? 0,
  ...unbuildReplicas(queue.replicas ?? null),
  ...unbuildPush(queue),
});

function unbuildReplicas(replicas: ReplicaSpec | null): Pick<ParsedQueue, 'anomalies'> {
  if (replicas === null) return {};
  const { servers, sampled, missedReceive, staleMicros, missedPoll, missedDelete, counterAgeMicros } = replicas;
  return { anomalies: { servers, sampled, missedReceive, staleFor: staleMicros, missedPoll, missedDelete, counterAge: counterAgeMicros } };
}

/** Machines that are alike and numbered are one entry with a `count`. */
function unbuildClients({ broker, producers, consumers }: Scenario): Pick<ParsedScenario, 'producers' | 'consumers'> {
  const names = [broker, ...producers, ...consumers].map(({ name }) => name);
  const entries = <Spec extends { readonly name: string }, Parsed>(specs: readonly Spec[], unbuild: (spec: Spec, count: number) => Parsed): Record<string, Parsed> =>
    Object.fromEntries(groupMachines(specs, names).map(({ name, count, spec }) => [name, unbuild(spec, count)]));
  return { producers: entries(producers, unbuildProducer), consumers: entries(consumers, unbuildConsumer) };
}

const MICROS_PER_SECOND = 1_000_000;

/** A constant gap is said as a rate where that is the rounder number, or the only way to say it. */
function arrivalsOf({ interval }: ProducerSpec): Pick<ParsedProducer, 'rate' | 'interval'> {
  if (interval.kind !== 'constant') return { interval };
  const rate = MICROS_PER_SECOND / interval.value;
  return Number.isInteger(rate) || !Number.isInteger(interval.value) ? { rate } : { interval };
}

/** What says how the workload is drawn is left to its defaults when it is listed. */
type Workload = Pick<ParsedProducer, 'rate' | 'interval' | 'sends' | 'start' | 'messages' | 'size'>;

function workloadOf(producer: ProducerSpec): Workload {
  const { sends, sizeBytes: size } = producer;
  if (sends === null) return { ...arrivalsOf(producer), start: producer.startMicros, messages: producer.messages, size };
  const usualBytes = size.kind === 'constant' ? size.value : null;
  const listed = sends.map(({ atMicros: at, sizeBytes, takesMicros: takes, fails }) => ({
    at,
    ...(sizeBytes === usualBytes ? {} : { size: sizeBytes }),
    ...(takes === null ? {} : { takes }),
    ...(fails === null ? {} : { fails }),
  }));
  return { sends: listed, start: 0, messages: Infinity, size };
}

const unbuildProducer = (producer: ProducerSpec, count: number): ParsedProducer => ({
  ...unbuildPublish(producer),
  count,
  ...workloadOf(producer),
  delay: producer.delayMicros,
  maxInFlight: producer.maxInFlight,
  batchSize: producer.batchSize,
  linger: producer.lingerMicros ?? 0,
  ...unbuildGroups(producer),
  ...unbuildGuards(producer),
  ...unbuildWrites(producer),
  retry: unbuildRetry(producer.retry),
});

type Groups = Pick<ParsedProducer, 'groups' | 'group' | 'groupChoice' | 'groupOrder' | 'deduplication'>;

/** Without groups the other settings mean nothing, and what the format chooses is right. */
function unbuildGroups({ groups = null, keepsGroupOrder, deduplication = 'none' }: ProducerSpec): Groups {
  if (groups === null) return { group: 'group', groupChoice: 'round-robin', groupOrder: 'auto', deduplication: 'auto' };
  return {
    groups: groups.count, group: groups.name, groupChoice: groups.choice, groupOrder: keepsGroupOrder === false ? 'free' : 'kept', deduplication,
  };
}

const unbuildConsumer = (consumer: ConsumerSpec, count: number): ParsedConsumer => ({
  queue: consumer.queue,
  count,
  start: consumer.startMicros,
  stop: consumer.stopMicros ?? null,
  concurrency: consumer.concurrency,
  batchSize: consumer.batchSize,
  waitTime: consumer.waitTimeMicros,
  visibilityTimeout: consumer.visibilityTimeoutMicros,
  handler: unbuildHandler(consumer.handler),
  extendEvery: consumer.extendEveryMicros,
  onFailure: consumer.onFailure,
  acknowledgeBatch: consumer.acknowledgeBatchSize ?? 1,
  acknowledgeLinger: consumer.acknowledgeLingerMicros ?? 0,
  attemptIds: consumer.usesAttemptIds ?? false,
  groupOrder: consumer.keepsGroupOrder === true ? 'kept' : 'free',
  buffer: consumer.bufferSize ?? null,
  ...unbuildCrashes(consumer),
  ...unbuildSubscription(consumer),
  retry: unbuildRetry(consumer.retry),
});

const unbuildRetry = (retry: RetrySpec): ParsedRetry => ({
  mode: 'custom',
  timeout: retry.timeoutMicros,
  attempts: retry.attempts,
  backoffBase: retry.backoffBaseMicros,
  backoffCap: retry.backoffCapMicros,
  jitter: retry.jitter,
  throttledBase: retry.throttledBaseMicros ?? null,
  pace: retry.pace ?? 'none',
  on: retry.retryOn ?? FAILURE_CLASSES,
  ...((retry.budget ?? null) === null ? {} : { budget: retry.budget! }),
});

const CONFIDENCES = { 0.9: '90%', 0.95: '95%', 0.99: '99%' } as const;

function unbuildExpect({ promises, thresholds, confidence = null }: Scenario['expect']): ParsedScenario['expect'] {
  const verdicts = Object.fromEntries(promises.map(({ invariant, verdict }) => [invariant, verdict]));
  // The schema has a key for every invariant; its type says so less exactly than the values.
  return { ...verdicts, ...(confidence === null ? {} : { confidence: CONFIDENCES[confidence] }), thresholds: [...thresholds] } as unknown as ParsedScenario['expect'];
}
