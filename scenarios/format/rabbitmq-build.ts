import { rabbitmq } from '../../engine/index.js';
import { buildPolicy } from './policy-build.js';
import type { ConsumerSpec, ExchangeSpec, ProducerSpec, QueueSpec, Scenario, Setting } from '../model.js';
import type { ParsedConsumer, ParsedExchange, ParsedProducer, ParsedQueue, ParsedScenario } from './schema/scenario-schema.js';

/** The part of a scenario that only RabbitMQ has: from the file to the model, and back. */

export function buildExchanges(parsed: ParsedScenario): Pick<Scenario, 'version' | 'exchanges' | 'policies' | 'memoryLimitBytes' | 'messageOverheadBytes' | 'memoryCheckMicros' | 'diskFreeLimitBytes' | 'consumerTimeoutMicros' | 'flow'> {
  if (parsed.personality !== 'rabbitmq') return {};
  const { memoryLimit, messageOverhead, memoryCheckInterval, diskFreeLimit, consumerTimeout, flowControl } = parsed;
  const limits = {
    ...(memoryLimit === undefined ? {} : { memoryLimitBytes: memoryLimit }), ...(messageOverhead === undefined ? {} : { messageOverheadBytes: messageOverhead }), ...(memoryCheckInterval === undefined ? {} : { memoryCheckMicros: memoryCheckInterval }), ...(diskFreeLimit === undefined ? {} : { diskFreeLimitBytes: diskFreeLimit }),
    ...(consumerTimeout === undefined ? {} : { consumerTimeoutMicros: consumerTimeout }),
    ...(flowControl === undefined ? {} : { flow: flowControl }),
  };
  const policies = Object.entries(parsed.policies).map(([name, policy]) => buildPolicy(name, policy));
  return { version: parsed.version, ...limits, ...(policies.length === 0 ? {} : { policies }), exchanges: Object.entries(parsed.exchanges).map(([name, exchange]) => buildExchange(name, exchange)) };
}

const buildExchange = (name: string, { type, alternate, internal, autoDelete, bindings }: ParsedExchange): ExchangeSpec => ({
  name, type, alternate: alternate ?? null, internal, ...(autoDelete ? { autoDelete } : {}),
  bindings: bindings.map(({ queue, exchange, key, headers = {} }) => ({
    target: queue === undefined ? { kind: 'exchange', name: exchange ?? '' } : { kind: 'queue', name: queue }, key, headers,
  })),
});

export function buildPush(queue: ParsedQueue, { personality, version }: ParsedScenario): Pick<QueueSpec, 'push'> {
  if (personality !== 'rabbitmq') return {};
  const { type } = queue;
  const usualLimit = type === 'quorum' ? (rabbitmq(version).broker.queueDefaults.push?.deliveryLimit ?? null) : null;
  return {
    push: {
      type, ...(queue.exclusive ? { isExclusive: true } : {}), isDurable: queue.durable, autoDelete: queue.autoDelete, messageTtlMicros: queue.messageTtl, expiresMicros: queue.expires,
      maxLength: queue.maxLength, maxLengthBytes: queue.maxLengthBytes, overflow: queue.overflow, maxPriority: queue.maxPriority,
      ...(queue.deadLetterStrategy === undefined ? {} : { deadLetterStrategy: queue.deadLetterStrategy }), ...buildRetry(queue),
      deadLetterExchange: queue.deadLetterExchange ?? null, deadLetterRoutingKey: queue.deadLetterRoutingKey ?? null,
      deliveryLimit: queue.deliveryLimit === undefined ? usualLimit : queue.deliveryLimit, isSingleActive: queue.singleActiveConsumer,
      ...(queue.consumerTimeout === undefined ? {} : { consumerTimeoutMicros: queue.consumerTimeout }),
    },
  };
}

function buildRetry({ delayedRetry }: ParsedQueue): Pick<NonNullable<QueueSpec['push']>, 'delayedRetry'> {
  if (delayedRetry === undefined) return {};
  const { type, min, max = min } = delayedRetry;
  return { delayedRetry: { type, minMicros: min, maxMicros: max } };
}

export function buildPublish(producer: ParsedProducer, { personality }: ParsedScenario): Pick<ProducerSpec, 'publish'> {
  if (personality !== 'rabbitmq') return {};
  const { exchange, routingKey, headers = {}, cc, bcc, confirm, transaction, mandatory, persistent, priority, expiration, recoveryInterval, heartbeat } = producer;
  return {
    publish: {
      exchange: exchange ?? '', routingKeys: routingKey ?? [producer.queue ?? ''], headers, ...(cc === undefined ? {} : { cc }), ...(bcc === undefined ? {} : { bcc }),
      confirm: confirm && transaction === null, ...(transaction === null ? {} : { transactionSize: transaction }), mandatory, persistent, priority, expirationMicros: expiration,
      ...(recoveryInterval === null ? {} : { recoveryMicros: recoveryInterval }), heartbeatMicros: heartbeat,
    },
  };
}

export function buildSubscription(consumer: ParsedConsumer, { personality }: ParsedScenario): Pick<ConsumerSpec, 'subscription' | 'declares'> {
  if (personality !== 'rabbitmq') return {};
  const { prefetch, channelPrefetch, acknowledge, acknowledgeEvery, acknowledgesTwice, whenFailed, priority, exclusive, receive, getEvery, declares, recoveryInterval, heartbeat, consumerTimeout } = consumer;
  return {
    ...(declares ? { declares } : {}),
    subscription: {
      prefetch, acknowledge, acknowledgeEvery, whenFailed, priority, exclusive, ...(channelPrefetch === 0 ? {} : { channelPrefetch }), ...(acknowledgesTwice === 0 ? {} : { acknowledgesTwice }),
      ...(consumerTimeout === undefined ? {} : { timeoutMicros: consumerTimeout }),
      ...(receive === 'get' ? { getEveryMicros: getEvery } : {}), ...(recoveryInterval === null ? {} : { recoveryMicros: recoveryInterval }), heartbeatMicros: heartbeat,
    },
  };
}

/**
 * When nothing is said: RabbitMQ's classic queues write and do not sync, so that what was confirmed outlives the process and not the power; its quorum
 * queues sync before they confirm.
 */
export function flushOfQueues(types: readonly ('classic' | 'quorum' | undefined)[], version: Scenario['version'] = '4.2'): ParsedScenario['broker']['flush'] {
  const { queuePolicies } = rabbitmq(version).broker;
  return types.some((type) => type !== undefined && queuePolicies[type]?.push?.syncsBeforeConfirm === true) ? 'always' : 'never';
}

export function impliedFlush(parsed: ParsedScenario, settings: readonly Setting[]): ParsedScenario['broker']['flush'] {
  const isSaid = settings.some(({ path, isDefault }) => path === 'broker.flush' && !isDefault);
  if (parsed.personality !== 'rabbitmq' || isSaid) return parsed.broker.flush;
  return flushOfQueues(Object.values(parsed.queues).map(({ type }) => type), parsed.version);
}

export function unbuildExchanges({ exchanges = [] }: Scenario): ParsedScenario['exchanges'] {
  return Object.fromEntries(exchanges.map(({ name, type, alternate, internal, autoDelete = false, bindings }) => [name, {
    type, internal, autoDelete, ...(alternate === null ? {} : { alternate }),
    bindings: bindings.map(({ target, key, headers }) => ({ [target.kind]: target.name, key, ...(Object.keys(headers).length === 0 ? {} : { headers }) })),
  }]));
}

type PushKeys = 'type' | 'exclusive' | 'durable' | 'autoDelete' | 'messageTtl' | 'expires' | 'maxLength' | 'maxLengthBytes' | 'overflow' | 'maxPriority' | 'deadLetterExchange'
  | 'deadLetterRoutingKey' | 'deadLetterStrategy' | 'delayedRetry' | 'deliveryLimit' | 'singleActiveConsumer' | 'consumerTimeout';

export function unbuildPush({ push }: QueueSpec): Pick<ParsedQueue, PushKeys> {
  if (push === undefined) {
    return {
      type: 'classic', exclusive: false, durable: true, autoDelete: false, messageTtl: null, expires: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head',
      maxPriority: null, singleActiveConsumer: false,
    };
  }
  const { deadLetterExchange, deadLetterRoutingKey, deadLetterStrategy, delayedRetry = null, consumerTimeoutMicros } = push;
  return {
    type: push.type, exclusive: push.isExclusive ?? false, durable: push.isDurable, autoDelete: push.autoDelete, messageTtl: push.messageTtlMicros, expires: push.expiresMicros,
    maxLength: push.maxLength, maxLengthBytes: push.maxLengthBytes, overflow: push.overflow, maxPriority: push.maxPriority,
    ...(deadLetterExchange === null ? {} : { deadLetterExchange }), ...(deadLetterRoutingKey === null ? {} : { deadLetterRoutingKey }),
    ...(deadLetterStrategy === undefined ? {} : { deadLetterStrategy }),
    ...(delayedRetry === null ? {} : { delayedRetry: { type: delayedRetry.type, min: delayedRetry.minMicros, max: delayedRetry.maxMicros } }),
    ...(push.type === 'quorum' ? { deliveryLimit: push.deliveryLimit } : {}), singleActiveConsumer: push.isSingleActive,
    ...(consumerTimeoutMicros === undefined ? {} : { consumerTimeout: consumerTimeoutMicros }),
  };
}

/** What is not written down for clients of SQS, because it is what is there when nothing is said. */
const RECOVERY_MICROS = 5_000_000;
const HEARTBEAT_MICROS = 60_000_000;

type PublishKeys = 'queue' | 'exchange' | 'routingKey' | 'headers' | 'cc' | 'bcc' | 'transaction' | 'recoveryInterval' | 'heartbeat' | 'confirm' | 'mandatory' | 'persistent' | 'priority' | 'expiration';

export function unbuildPublish({ queue, publish }: ProducerSpec): Pick<ParsedProducer, PublishKeys> {
  if (publish === undefined) return { queue, confirm: true, transaction: null, recoveryInterval: RECOVERY_MICROS, heartbeat: HEARTBEAT_MICROS, mandatory: false, persistent: true, priority: null, expiration: null };
  const { exchange, routingKeys, headers, cc, bcc, confirm, transactionSize = null, recoveryMicros = null, heartbeatMicros, mandatory, persistent, priority, expirationMicros } = publish;
  return {
    ...(exchange === '' ? { queue } : { exchange }), ...(exchange === '' && routingKeys.length === 1 && routingKeys[0] === queue ? {} : { routingKey: routingKeys }),
    ...(Object.keys(headers).length === 0 ? {} : { headers: headers as Readonly<Record<string, string | number | boolean>> }), ...(cc === undefined ? {} : { cc }), ...(bcc === undefined ? {} : { bcc }),
    // With transactions nothing is said of confirms.
    confirm: confirm || transactionSize !== null, transaction: transactionSize, mandatory, persistent, priority, expiration: expirationMicros, recoveryInterval: recoveryMicros, heartbeat: heartbeatMicros ?? HEARTBEAT_MICROS,
  };
}

type SubscriptionKeys = 'prefetch' | 'channelPrefetch' | 'acknowledge' | 'acknowledgeEvery' | 'acknowledgesTwice' | 'whenFailed' | 'priority' | 'exclusive' | 'receive' | 'getEvery' | 'declares' | 'recoveryInterval' | 'heartbeat' | 'consumerTimeout';

/** What a subscription is when nothing is said. */
const PLAIN = { prefetch: 0, acknowledge: 'manual', acknowledgeEvery: 50, whenFailed: 'nack', priority: 0, exclusive: false, recoveryMicros: RECOVERY_MICROS } as const;
const GET_EVERY_MICROS = 1_000_000;

export function unbuildSubscription({ subscription, declares = false }: ConsumerSpec): Pick<ParsedConsumer, SubscriptionKeys> {
  const { channelPrefetch = 0, acknowledgesTwice = 0, getEveryMicros = null, recoveryMicros = null, heartbeatMicros, timeoutMicros, declares: _, ...rest } = subscription ?? PLAIN as NonNullable<ConsumerSpec['subscription']>;
  return { ...rest, ...(timeoutMicros === undefined ? {} : { consumerTimeout: timeoutMicros }), channelPrefetch, acknowledgesTwice, receive: getEveryMicros === null ? 'push' : 'get', getEvery: getEveryMicros ?? GET_EVERY_MICROS, declares, recoveryInterval: recoveryMicros, heartbeat: heartbeatMicros ?? HEARTBEAT_MICROS };
}
