import {
  type BrokerContract, type ClientContract, DEFAULT_REDELIVERY_BOUND_MICROS, type DropRules, type HandlerKind, type PushContract, type QueueContract, type RunContract,
} from '../../invariants/index.js';
import type { PushPolicy } from '../../engine/index.js';
import type { FaultSpec } from '../../sim/index.js';
import type { Scenario } from '../model.js';
import { personalityOf } from './broker.js';
import { consumerTimeouts } from './consumer-timeouts.js';
import { effectivePush } from './effective-push.js';
import { exchangeContracts } from './exchange-contracts.js';
import { mayMissQueues } from './may-miss-queues.js';
import { neverHappens } from './never-happens.js';
import { stepsInTime, valuesInTime } from './settings-in-time.js';

const PARTS_PER_MILLION = 1e6;
/** The one fault that changes the rate of the monotonic clock; jumps and strobes make the wall clock wrong. */
const DRIFT_FAULT = 'clock-drift';
/** A timer of the broker is no later than this by its clock. */
const TIMER_SLACK_MICROS = 1_000;

/** Many runs are held to the same one. */
const known = new WeakMap<Scenario, RunContract>();

/** What the scenario's configuration promises, as the judge needs it: of the same scenario the same object. */
export function contractOf(scenario: Scenario): RunContract {
  let contract = known.get(scenario);
  if (contract === undefined) known.set(scenario, contract = newContract(scenario));
  return contract;
}

function newContract(scenario: Scenario): RunContract {
  return {
    personality: scenario.personality,
    ...(scenario.exchanges === undefined ? {} : { exchanges: exchangeContracts(scenario) }),
    strict: scenario.queues.every(({ replicas = null }) => replicas === null),
    broker: brokerContract(scenario),
    clients: clientContracts(scenario),
    queues: scenario.queues.map((queue) => queueContract(scenario, queue.name)),
    redeliveryBoundMicros: DEFAULT_REDELIVERY_BOUND_MICROS,
    recoveryBoundMicros: recoveryBound(scenario),
    clockDrift: largestDrift(scenario),
    neverHappens: neverHappens(scenario),
    brokerFaults: [...new Set(scenario.faults.filter((fault) => strikesBroker(fault, scenario)).map(({ fault }) => fault))],
  };
}

function brokerContract(scenario: Scenario): BrokerContract {
  const { name, flush, flushIntervalMicros } = scenario.broker;
  // A clock that is slow by a tenth takes ten ninths of a time.
  const syncDueMicros = Math.ceil(flushIntervalMicros / Math.max(0, 1 - largestDrift(scenario))) + TIMER_SLACK_MICROS;
  return { name, flush, rotBits: mostRotBits(scenario), ...(flush === 'interval' ? { syncDueMicros } : {}) };
}

/** Of all faults that rot the broker's disk the one that flips most bits. */
const mostRotBits = (scenario: Scenario): number =>
  faultsOfBroker(scenario, 'bit-rot').reduce((most, { bits }) => Math.max(most, typeof bits === 'number' ? bits : 1), 1);

const faultsOfBroker = ({ faults, broker }: Scenario, kind: string): FaultSpec[] =>
  faults.filter((spec) => spec.fault === kind && strikesBroker(spec, { broker }));

const strikesBroker = ({ target }: FaultSpec, { broker }: Pick<Scenario, 'broker'>): boolean => (typeof target === 'string' ? [target] : target).includes(broker.name);

const MICROS_PER_SECOND = 1_000_000;
/** Beyond what reading takes: the restart of a process, and checks. */
const RECOVERY_SLACK_MICROS = 60 * MICROS_PER_SECOND;

/** A recovery reads no more than the disk holds; twice that, for the disk serves others too. */
function recoveryBound({ broker: { disk } }: Scenario): number {
  return RECOVERY_SLACK_MICROS + (2 * disk.capacityBytes / disk.bandwidthBytesPerSecond) * MICROS_PER_SECOND;
}

/** Longest wait of a poll whose consumer leaves it to the queue (SQS: 20 s). */
const MAX_WAIT_MICROS = 20 * MICROS_PER_SECOND;
/** Latencies of the network and of the broker come on top. */
const QUIET_SLACK_MICROS = 10 * MICROS_PER_SECOND;

function clientContracts(scenario: Scenario): ClientContract[] {
  const { producers, consumers } = scenario;
  const quiet = ({ timeoutMicros, backoffCapMicros }: Scenario['producers'][number]['retry'], waitMicros: number): number =>
    2 * (timeoutMicros + backoffCapMicros + waitMicros) + QUIET_SLACK_MICROS;
  return [
    ...producers.map(({ name, queue, startMicros, retry, lingerMicros = 0, breaker = null, write = null, publish }): ClientContract => ({
      name, role: 'producer', queue, startMicros, quietMicros: quiet(retry, lingerMicros + outboxMicros(write)) + (breaker?.openMicros ?? 0),
      ...((retry.budget ?? null) === null ? {} : { retryBudget: { share: retry.budget!.share, burst: retry.budget!.burst } }),
      ...(breaker === null ? {} : { breakerOpenMicros: breaker.openMicros }), ...(write === null ? {} : { keepsRows: true }), ...(write === null || write.kind === 'outbox' ? {} : { writesApart: true }),
      ...(publish?.persistent === false ? { sendsTransient: true } : {}), ...waitsFor(publish),
      ...(publish !== undefined && mayMissQueues(scenario, publish) ? { mayMissQueues: true } : {}),
      ...(publish === undefined ? {} : { publishes: { exchange: publish.exchange, headers: publish.headers }, ...expirationOf(publish) }),
    })),
    // Who stops is not expected to go on.
    ...consumers.filter(({ stopMicros = null }) => stopMicros === null).map(({ name, queue, startMicros, retry, waitTimeMicros }): ClientContract =>
      ({ name, role: 'consumer', queue, startMicros, quietMicros: quiet(retry, Math.max(waitTimeMicros, MAX_WAIT_MICROS)) })),
  ];
}

/** A commit is answered when all of it would have been confirmed. (RabbitMQ: rabbit_channel, maybe_complete_tx.) */
function waitsFor(publish: Scenario['producers'][number]['publish']): Pick<ClientContract, 'asksNoConfirm' | 'commits'> {
  if ((publish?.transactionSize ?? null) !== null) return { commits: true };
  return publish?.confirm === false ? { asksNoConfirm: true } : {};
}

const outboxMicros = (write: Scenario['producers'][number]['write']): number => (write?.kind === 'outbox' ? write.pollMicros : 0);

function queueContract(scenario: Scenario, name: string): QueueContract {
  const queue = scenario.queues.find((candidate) => candidate.name === name)!;
  if (queue.push !== undefined) return pushContract(scenario, name, queue.push);
  const { deadLetter, kind = 'standard', maxInFlight, lookAhead, deduplicationScope, isFair = true } = queue;
  const consumers = scenario.consumers.filter((consumer) => consumer.queue === name);
  const producers = scenario.producers.filter((producer) => producer.queue === name);
  const retentions = valuesInTime(scenario, name, 'MessageRetentionPeriod', queue.retentionMicros);
  const timeouts = valuesInTime(scenario, name, 'VisibilityTimeout', queue.visibilityTimeoutMicros);
  const delays = valuesInTime(scenario, name, 'DelaySeconds', queue.delayMicros);
  return {
    name, deadLetter, kind, drops: NONE_BUT_RETENTION,
    retentionMicros: Math.max(...retentions), ...(retentions.length === 1 ? {} : { retentionSteps: stepsInTime(scenario, name, 'MessageRetentionPeriod', queue.retentionMicros) }),
    leaseMicros: [...new Set(consumers.flatMap(({ visibilityTimeoutMicros }) => visibilityTimeoutMicros ?? timeouts))],
    ...(consumers.some(({ usesAttemptIds }) => usesAttemptIds) ? { repeatsReceives: true } : {}),
    // A FIFO queue has one delay for all.
    delaysMicros: [...new Set([...delays, ...(kind === 'fifo' ? [] : producers.flatMap(({ delayMicros }) => delayMicros ?? []))])],
    handlers: [...new Set(consumers.map(handlerOf))],
    ...(maxInFlight === undefined ? {} : { maxInFlight }), ...(lookAhead === undefined ? {} : { lookAhead }), ...(deduplicationScope === undefined ? {} : { deduplicationScope }),
    isFair: isFair && kind === 'standard', keepsGroupOrder: producers.every(({ keepsGroupOrder = true }) => keepsGroupOrder),
    ...(kind === 'fifo' ? { isWorkedInTurn: consumers.every((consumer) => worksInTurn(consumer, producers)) } : {}),
  };
}

/** What an SQS queue lets go of by itself is too old. */
const NONE_BUT_RETENTION: DropRules = { ttlMicros: null, maxLength: null, mayBeDeleted: false, rejecters: [] };

/** Of one group a FIFO queue hands out nothing new before what it handed out is deleted: who takes one message at a time, or works on one at a time, has them in turn. */
function worksInTurn({ batchSize, bufferSize = null, concurrency, handler, keepsGroupOrder = false }: Scenario['consumers'][number], producers: Scenario['producers']): boolean {
  if (handler.kind === 'ack-first') return false;
  if (keepsGroupOrder || (batchSize === 1 && bufferSize === null)) return true;
  const mayFail = handler.failure > 0 || handler.poisonEvery > 0 || producers.some(({ sends }) => sends?.some(({ fails }) => fails !== null) === true);
  return concurrency === 1 && !mayFail;
}

/** What is acknowledged when it is sent is acknowledged before it is handled. */
function handlerOf({ handler, subscription }: Scenario['consumers'][number]): HandlerKind {
  if (subscription?.acknowledge === 'automatic') return 'ack-first';
  const { kind, memory = null, keys = null, transaction = 'together' } = handler;
  if (kind === 'idempotent' && memory !== null) return 'forgetful';
  if (kind === 'upsert' && keys !== null) return 'upsert-shared';
  return kind === 'inbox' && transaction === 'apart' ? 'inbox-apart' : kind;
}

function pushContract(scenario: Scenario, name: string, declared: NonNullable<Scenario['queues'][number]['push']>): QueueContract {
  // Of a queue whose policies may change nothing is said of what they may say.
  const { push, mayChange } = effectivePush(scenario, name, declared);
  const consumers = scenario.consumers.filter((consumer) => consumer.queue === name);
  const held = consumers.filter(({ subscription }) => subscription?.acknowledge !== 'automatic');
  const personality = personalityOf(scenario);
  const policy = personality.broker.queuePolicies[push.type]!.push!;
  return {
    name, deadLetter: null, handlers: [...new Set(consumers.map(handlerOf))], maxInFlight: Infinity,
    ...(mayChange ? {} : { drops: dropRules(push, consumers) }),
    push: {
      type: push.type, maxLength: mayChange ? null : push.maxLength, maxBytes: mayChange ? 0 : push.maxLengthBytes, overflow: push.overflow, isAutomatic: held.length < consumers.length,
      keepsPosition: push.type === 'classic' && push.maxPriority === null,
      priorities: prioritiesOf(policy, push), ...(policy.priorities === 'two-to-one' && scenario.producers.some(({ publish }) => (publish?.priority ?? 0) > STRICT.usual) ? { upperLaneAbove: STRICT.usual } : {}),
      ...(mayChange ? {} : returnsOf(policy, push, consumers)),
      singleActive: push.isSingleActive
        ? { takesOver: policy.singleActive === 'takeover', isByAge: policy.singleActive === 'first', priorities: Object.fromEntries(consumers.map(({ name: consumer, subscription }) => [consumer, subscription?.priority ?? 0])) } : null,
      hasDeadLetters: mayChange || push.deadLetterExchange !== null, ...lettersOf(push, mayChange), ...(push.isDurable && push.isExclusive !== true ? {} : { isTransient: true }),
      keepsDeadLetters: !mayChange && keepsDeadLetters(push),
      ...(mayChange || push.type === 'classic' || push.deliveryLimit === null ? {} : { deliveryLimit: push.deliveryLimit }),
      ...(policy.countedReturns === 'failed' ? { uncounted: consumers.filter(({ subscription }) => subscription?.whenFailed === 'nack').map((consumer) => consumer.name) } : {}),
      prefetch: Object.fromEntries(held.map((consumer) => [consumer.name, prefetchOf(consumer.subscription, policy, personality.broker.channels?.permitsDeprecated === true)])),
      ...consumerPriorities(consumers), ...exclusiveConsumers(consumers, policy), consumerTimeout: consumerTimeouts(scenario, name, declared),
    },
  };
}

const lettersOf = ({ deadLetterExchange: exchange, deadLetterRoutingKey: key }: NonNullable<Scenario['queues'][number]['push']>, mayChange: boolean): Pick<PushContract, 'letters'> =>
  (mayChange || exchange === null ? {} : { letters: { exchange, key } });

/** Where the delivery limit does not count each return, what does count stands with what a consumer left behind. Of what waits before it is ready nothing is said. */
function returnsOf(policy: PushPolicy, { deliveryLimit, delayedRetry = null }: NonNullable<Scenario['queues'][number]['push']>, consumers: Scenario['consumers']): Pick<PushContract, 'returns'> {
  if (policy.requeue !== 'returns' || (policy.hasDelayedRetry && delayedRetry !== null)) return {};
  if (deliveryLimit !== null) return { returns: 'first' };
  const standApart = policy.countedReturns === 'failed' && consumers.some(({ subscription }) => subscription?.whenFailed === 'reject-requeue');
  return standApart ? {} : { returns: 'last' };
}

/** 0: any number. Of what it gets without being pushed to nothing is said. */
function prefetchOf(subscription: Scenario['consumers'][number]['subscription'], { maxPrefetch }: PushPolicy, hasChannelPrefetch: boolean): number {
  const { prefetch = 0, channelPrefetch = 0, getEveryMicros = null } = subscription ?? {};
  if (getEveryMicros !== null) return 0;
  // Where there is no prefetch of a channel as a whole, to ask for one is to ask for another one of each consumer.
  const limits = channelPrefetch > 0 && !hasChannelPrefetch ? [channelPrefetch] : [prefetch, channelPrefetch];
  const least = Math.min(maxPrefetch, ...limits.filter((limit) => limit > 0));
  return least === Infinity ? 0 : least;
}

/** Left out where nobody comes before another. */
function consumerPriorities(consumers: Scenario['consumers']): Pick<PushContract, 'consumerPriorities'> {
  const priorities = consumers.map(({ name, subscription }) => [name, subscription?.priority ?? 0] as const);
  return new Set(priorities.map(([, priority]) => priority)).size < 2 ? {} : { consumerPriorities: Object.fromEntries(priorities) };
}

function exclusiveConsumers(consumers: Scenario['consumers'], { takesExclusiveConsumers }: PushPolicy): Pick<PushContract, 'exclusiveConsumers'> {
  const exclusive = consumers.filter(({ subscription }) => subscription?.exclusive === true).map(({ name }) => name);
  return exclusive.length === 0 || !takesExclusiveConsumers ? {} : { exclusiveConsumers: exclusive };
}

const MICROS_PER_MILLI = 1_000;

/** It is told to the broker in whole milliseconds. */
const expirationOf = ({ expirationMicros }: NonNullable<Scenario['producers'][number]['publish']>): Pick<ClientContract, 'expirationMicros'> =>
  (expirationMicros === null ? {} : { expirationMicros: Math.floor(expirationMicros / MICROS_PER_MILLI) * MICROS_PER_MILLI });

/** When the queue lets go of messages. */
function dropRules({ messageTtlMicros, maxLength, maxLengthBytes, autoDelete, expiresMicros, isExclusive = false }: NonNullable<Scenario['queues'][number]['push']>, consumers: Scenario['consumers']): DropRules {
  return {
    ttlMicros: messageTtlMicros, maxLength, maxBytes: maxLengthBytes,
    mayBeDeleted: autoDelete || isExclusive || expiresMicros !== null, ...(autoDelete || isExclusive || expiresMicros === null ? {} : { expiresMicros }),
    ...(autoDelete ? { goesWith: 'last-consumer' } : isExclusive ? { goesWith: 'owner' } : {}),
    isUseSeen: consumers.every(({ subscription, declares = false }) => (subscription?.getEveryMicros ?? null) === null && !declares),
    rejecters: consumers.filter(({ subscription }) => subscription?.whenFailed === 'reject').map(({ name }) => name),
  };
}

/** Where the head is dropped, dead-lettering is at most once whatever the strategy. */
const keepsDeadLetters = ({ deadLetterStrategy, deadLetterExchange, overflow }: NonNullable<Scenario['queues'][number]['push']>): boolean =>
  deadLetterStrategy === 'at-least-once' && deadLetterExchange !== null && overflow === 'reject-publish';

/** RabbitMQ 4.3: 32 levels in quorum queues, of which 4 is the usual one. */
const STRICT = { highest: 31, usual: 4 } as const;

function prioritiesOf({ priorities }: PushPolicy, { maxPriority }: NonNullable<Scenario['queues'][number]['push']>): PushContract['priorities'] {
  if (priorities === 'strict') return STRICT;
  return priorities === 'declared' && maxPriority !== null ? { highest: maxPriority, usual: 0 } : null;
}

/** Drifts of the broker's clock may overlap and then add up; the sum of all bounds whatever does. */
function largestDrift(scenario: Scenario): number {
  return faultsOfBroker(scenario, DRIFT_FAULT).reduce((sum, { drift: ppm }) => sum + (typeof ppm === 'number' ? Math.abs(ppm) : 0), 0) / PARTS_PER_MILLION;
}
