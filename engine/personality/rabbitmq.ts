import { type AttributeTable, type BrokerLimits, type ChannelConfig, type ErrorTable, type KnownPolicyKeys, OPERATOR_POLICY_KEYS, POLICY_KEYS, type QueueLimits } from '../broker/index.js';
import type { ExchangeSettings } from '../exchange/index.js';
import type { PushPolicy, QueuePolicy, QueueSettings } from '../queue/index.js';
import type { Personality, RequestCosts } from './personality.js';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
/** More deliveries than any run has at once. */
const NO_CAP = 2_147_483_648;
const MIB = 1_024 * 1_024;
const GIB = 1_024 * MIB;
/** Longer than any run; what RabbitMQ has no such thing as. */
const FOR_EVER_MICROS = 4_503_599_627_370_496;

/**
 * Versions whose differences are known.
 *
 * | | 3.10, 3.13 | 4.2 | 4.3 |
 * | --- | --- | --- | --- |
 * | delivery limit of quorum queues | none | 20 | 20 |
 * | which counts | every return | every return | not those by basic.nack |
 * | priorities in quorum queues | none | two, 2 : 1 | 32, strict |
 * | single active consumer of a quorum queue is followed by | who came first | the highest priority, which may take over | so, too |
 * | what comes back to a quorum queue may wait first | no | no | yes |
 * | what expired is taken out at the head of | the queue | the queue | each priority, in quorum queues |
 * | a prefetch for the whole channel | yes | yes | is one for each consumer |
 * | transient queues that are not exclusive | yes | yes | refused |
 * | acknowledgement timeout | closes the channel | closes the channel | cancels the consumer, and counts as no return; quorum queues alone |
 * | which a consumer may set for itself | no | no | yes |
 * | and none means | for ever | for ever | 24 hours |
 * | largest message | 128 MiB | 16 MiB | 16 MiB |
 * | memory alarm at | 40 % | 60 % | 60 % |
 *
 * 3.10 is what the engine is compared with (test/differential/): of what is modelled here two things alone changed between it and 3.13: operator policies may say what gives way, and queues how long a delivery may wait for its acknowledgement.
 */
export const RABBITMQ_VERSIONS = ['3.10', '3.13', '4.2', '4.3'] as const;
export type RabbitmqVersion = (typeof RABBITMQ_VERSIONS)[number];

/** RabbitMQ: queues as they are declared without arguments. */
const QUEUE_DEFAULTS: QueueSettings = {
  kind: 'classic',
  visibilityTimeoutMicros: FOR_EVER_MICROS,
  delayMicros: 0,
  retentionMicros: FOR_EVER_MICROS,
  receiveWaitMicros: 0,
  maxMessageBytes: 16 * MIB,
  deadLetter: null,
  redriveAllow: { permission: 'allowAll', sources: [] },
  maxInFlight: NO_CAP,
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
  throughputLimit: 'perQueue',
  isFair: false,
  replicas: null,
  push: {
    isDurable: true, autoDelete: false, messageTtlMicros: null, expiresMicros: null, maxLength: null, maxLengthBytes: null, overflow: 'drop-head',
    maxPriority: null, deadLetterExchange: null, deadLetterRoutingKey: null, deliveryLimit: null, isSingleActive: false,
  },
};

/** What the parts ask of every kind of queue; nothing of it has an effect where consumers are pushed to. */
const PUSHED: QueuePolicy = {
  order: 'arrival',
  redelivery: 'tail',
  supersededSettle: 'ignored',
  expiredHandle: 'refused',
  atMaxInFlight: 'empty',
  maxLeaseMicros: FOR_EVER_MICROS,
  deduplicationWindowMicros: null,
  messageDelay: 'refused',
  delayChange: 'for-new',
  deadLetterAge: 'restarts',
  lookAhead: Infinity,
  attemptWindowMicros: null,
};

/** RabbitMQ: consumers, acknowledgement timeout. */
const CONSUMER_TIMEOUT_MICROS = 30 * MINUTE;

/** RabbitMQ 4.3: what counts where `consumer_timeout` is no number. */
const NO_TIMEOUT_MICROS = 24 * 60 * MINUTE;

/** RabbitMQ: quorum_tick_interval. */
const TICK_MICROS = 5 * SECOND;

const CLASSIC: PushPolicy = {
  requeue: 'original', priorities: 'declared', expiresByLevel: false, countedReturns: 'all', hasDelayedRetry: false, tellsCount: false, singleActive: 'priority', expiryTickMicros: null, maxPrefetch: Infinity,
  onConsumerTimeout: 'close-channel',
  survivors: 'persistent', syncsBeforeConfirm: false, deliversDurably: false,
  refusal: 'at-limit', refusalFailsCommit: true, trimsToNewLength: true, trimsReturns: 'before-delivery', endedChannelReturns: 'together',
  publishCredit: 'of-queue', fullConsumers: 'pass',
  heedsChannelPrefetch: true, takesExclusiveConsumers: true, takesConsumerTimeouts: false, getsBesideSingleActive: true, declarationIsUse: true, deletesOnCondition: true,
};

const QUORUM: PushPolicy = {
  requeue: 'returns', priorities: 'two-to-one', expiresByLevel: false, countedReturns: 'all', hasDelayedRetry: false, tellsCount: true, singleActive: 'takeover',
  expiryTickMicros: TICK_MICROS, maxPrefetch: 2_000, onConsumerTimeout: 'close-channel',
  survivors: 'all', syncsBeforeConfirm: true, deliversDurably: true,
  refusal: 'by-word', refusalFailsCommit: false, trimsToNewLength: false, trimsReturns: 'after-delivery', endedChannelReturns: 'by-consumer',
  publishCredit: 'of-channel', fullConsumers: 'set-aside',
  heedsChannelPrefetch: false, takesExclusiveConsumers: false, takesConsumerTimeouts: true, getsBesideSingleActive: false, declarationIsUse: false, deletesOnCondition: false,
};

/** RabbitMQ 3: quorum queues know no priorities, neither of messages nor of a single active consumer. */
const QUORUM_3: PushPolicy = { ...QUORUM, priorities: 'none', singleActive: 'first' };

const POLICIES: Readonly<Record<RabbitmqVersion, { readonly classic: PushPolicy; readonly quorum: PushPolicy }>> = {
  '3.10': { classic: CLASSIC, quorum: QUORUM_3 },
  '3.13': { classic: CLASSIC, quorum: QUORUM_3 },
  '4.2': { classic: CLASSIC, quorum: QUORUM },
  '4.3': {
    classic: { ...CLASSIC, onConsumerTimeout: 'nothing' },
    quorum: { ...QUORUM, priorities: 'strict', expiresByLevel: true, countedReturns: 'failed', hasDelayedRetry: true, onConsumerTimeout: 'cancel-consumer' },
  },
};

/** RabbitMQ: delivery limit of quorum queues; null: none by default. */
export const DEFAULT_DELIVERY_LIMIT: Readonly<Record<RabbitmqVersion, number | null>> = { '3.10': null, '3.13': null, '4.2': 20, '4.3': 20 };

/** What each version makes of `x-consumer-timeout`. (RabbitMQ: 3.10 has no such argument, others up to 4.2 take whatever it says.) */
const QUEUE_TIMEOUTS: Readonly<Record<RabbitmqVersion, ChannelConfig['queueTimeouts']>> = { '3.10': 'unknown', '3.13': 'unchecked', '4.2': 'unchecked', '4.3': 'checked' };

const QUEUE_NAME = /^[^]{1,255}$/;

/** Limits of requests, which a node that speaks in channels does not have. */
const QUEUE_LIMITS: QueueLimits = {
  visibilityTimeoutMicros: { min: FOR_EVER_MICROS, max: FOR_EVER_MICROS },
  delayMicros: { min: 0, max: 0 },
  retentionMicros: { min: FOR_EVER_MICROS, max: FOR_EVER_MICROS },
  receiveWaitMicros: { min: 0, max: 0 },
  maxMessageBytes: { min: 0, max: 512 * MIB },
  maxReceiveCount: { min: 1, max: 1 },
  maxInFlight: { min: 1, max: NO_CAP },
  maxRedriveSources: 0,
  maxMessagesPerReceive: 1,
  maxBatchEntries: 1,
  maxBatchBytes: 512 * MIB,
  maxMessageAttributes: 0,
  messageContents: 'bytes',
  messageLabel: /^$/,
  batchEntryId: /^$/,
  moveTaskRatePerSecond: { min: 1, max: 1 },
  maxMoveTasks: 0,
  queueNames: { classic: QUEUE_NAME, quorum: QUEUE_NAME },
  recreateAfterMicros: 0,
  attributesTakeMicros: 0,
  retentionTakesMicros: 0,
  maxListed: 1,
  purgeEveryMicros: 0,
  longestMoveTaskMicros: 0,
  listedMoveTasks: { min: 1, max: 1 },
};

const NODE_LIMITS: BrokerLimits = {
  maxQueues: 100_000,
  maxSessions: 10_000,
  // Connections have heartbeats.
  keepAliveMicros: 0,
  maxMessages: 10_000_000,
  maxPendingReplies: 100_000,
  maxPendingLogBytes: 128 * MIB,
  maxWaitingPolls: 0,
};

const exchange = (type: ExchangeSettings['type']): ExchangeSettings => ({ type, durable: true, autoDelete: false, internal: false, alternateExchange: null });

/** RabbitMQ 3: max_message_size, vm_memory_high_watermark; of a node with 4 GiB. */
const CHANNELS_3 = { maxMessageBytes: 128 * MIB, memoryLimitBytes: 0.4 * 4 * GIB } as const;

const POLICY_KEYS_3_13: KnownPolicyKeys = { users: POLICY_KEYS, operators: OPERATOR_POLICY_KEYS };
/** Later versions let operators set the overflow, and users a consumer timeout. */
const POLICY_KEYS_3_10: KnownPolicyKeys = { users: POLICY_KEYS.filter((key) => key !== 'consumerTimeoutMicros'), operators: OPERATOR_POLICY_KEYS.filter((key) => key !== 'overflow') };

const CHANNELS: ChannelConfig = {
  predeclared: {
    'amq.direct': exchange('direct'), 'amq.fanout': exchange('fanout'), 'amq.topic': exchange('topic'), 'amq.headers': exchange('headers'),
    'amq.match': exchange('headers'),
  },
  reservedPrefix: 'amq.',
  exchanges: [],
  policies: [],
  policyKeys: POLICY_KEYS_3_13,
  maxMessageBytes: 16 * MIB,
  // RabbitMQ: heartbeat.
  heartbeatMicros: 60 * SECOND,
  maxChannels: 2_047,
  consumerTimeoutMicros: CONSUMER_TIMEOUT_MICROS,
  noTimeoutMicros: null,
  queueTimeouts: 'unchecked',
  permitsDeprecated: true,
  // RabbitMQ 4: 60 % of the memory; of a node with 4 GiB.
  memoryLimitBytes: 0.6 * 4 * GIB,
  // RabbitMQ, reasoning about memory use: metadata of a message, and its place in the order.
  messageOverheadBytes: 720 + 16,
  // RabbitMQ: memory_monitor_interval.
  memoryCheckMicros: 2.5 * SECOND,
  // RabbitMQ: disk_free_limit.
  diskFreeLimitBytes: 50_000_000,
  // RabbitMQ: msg_store_credit_disc_bound; quorum_commands_soft_limit; credit_flow_default_credit.
  flow: { store: { limit: 4_000, grant: 800 }, commands: 32, channel: { limit: 400, grant: 200 } },
};

/** Methods are frames of an open connection, so they cost less than requests over HTTP. Settings, not a measurement. */
const COSTS: RequestCosts = {
  baseMicros: {
    hello: 50, heartbeat: 2, channelOpen: 20, channelClose: 20, channelCloseOk: 2, confirmSelect: 5, txSelect: 5, txCommit: 20, txRollback: 10, qos: 5,
    exchangeDeclare: 50, exchangeDelete: 50, queueDeclare: 100, queueDelete: 100, queuePurge: 50, queueBind: 50, queueUnbind: 50, exchangeBind: 50,
    exchangeUnbind: 50, setPolicy: 100, clearPolicy: 100, consume: 30, cancel: 20, publish: 12, get: 15, ack: 5, nack: 5, reject: 5, recover: 20, flow: 5,
  },
  perKiBMicros: 1,
};

/** RabbitMQ of a version, one node: classic queues, and quorum queues with a single member. */
export function rabbitmq(version: RabbitmqVersion): Personality {
  const { classic, quorum } = POLICIES[version];
  return {
    name: `rabbitmq-${version}`,
    broker: {
      queuePolicies: { classic: { push: classic, ...PUSHED }, quorum: { push: quorum, ...PUSHED } },
      queueDefaults: { ...QUEUE_DEFAULTS, push: { ...QUEUE_DEFAULTS.push!, deliveryLimit: DEFAULT_DELIVERY_LIMIT[version] } },
      queueLimits: QUEUE_LIMITS,
      limits: NODE_LIMITS,
      // Whoever speaks in channels hears reply codes.
      errors: {} as ErrorTable,
      attributes: {} as AttributeTable,
      channels: { ...CHANNELS, ...(version.startsWith('3.') ? CHANNELS_3 : {}), ...(version === '4.3' ? { permitsDeprecated: false, noTimeoutMicros: NO_TIMEOUT_MICROS } : {}), queueTimeouts: QUEUE_TIMEOUTS[version], policyKeys: version === '3.10' ? POLICY_KEYS_3_10 : POLICY_KEYS_3_13 },
    },
    costs: COSTS,
  };
}
