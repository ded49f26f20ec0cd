import type { BrokerLimits, QueueLimits } from '../broker/index.js';
import type { QueuePolicy, QueueSettings } from '../queue/index.js';
import type { Personality, RequestCosts } from './personality.js';
import { SQS_ATTRIBUTES } from './sqs-attributes.js';
import { SQS_ERRORS } from './sqs-errors.js';

const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const KIB = 1_024;
const MIB = 1_024 * KIB;

/** SQS: CreateQueue, SetQueueAttributes. */
const QUEUE_DEFAULTS: QueueSettings = {
  kind: 'standard',
  visibilityTimeoutMicros: 30 * SECOND,
  delayMicros: 0,
  retentionMicros: 4 * DAY,
  receiveWaitMicros: 0,
  maxMessageBytes: MIB,
  deadLetter: null,
  redriveAllow: { permission: 'allowAll', sources: [] },
  maxInFlight: 120_000,
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
  throughputLimit: 'perQueue',
  isFair: true,
  replicas: null,
};

/**
 * Standard queues. They promise no order, so what becomes visible again waits behind what is visible already. A delete with a
 * superseded handle settles the message: SQS answers it with success and promises nothing; this is the outcome in which a
 * slow consumer's work counts.
 */
const STANDARD_QUEUE: QueuePolicy = {
  order: 'arrival',
  redelivery: 'tail',
  supersededSettle: 'settles',
  expiredHandle: 'accepted',
  atMaxInFlight: 'refused',
  maxLeaseMicros: 12 * HOUR,
  deduplicationWindowMicros: null,
  messageDelay: 'allowed',
  delayChange: 'for-new',
  deadLetterAge: 'kept',
  lookAhead: Infinity,
  attemptWindowMicros: null,
};

/**
 * FIFO queues: in order within each message group, deduplicated for five minutes after the first send. A handle whose lease has ended is
 * refused. At the limit of messages in flight there is no error, and a dead letter's retention begins anew.
 */
const FIFO_QUEUE: QueuePolicy = {
  order: 'groups',
  redelivery: 'head',
  supersededSettle: 'ignored',
  expiredHandle: 'refused',
  // SQS: a message that was received with a visibility timeout of 0 has to be deleted within the same millisecond.
  settleWithoutLeaseMicros: 1_000,
  atMaxInFlight: 'empty',
  maxLeaseMicros: 12 * HOUR,
  deduplicationWindowMicros: 300 * SECOND,
  messageDelay: 'refused',
  delayChange: 'for-all',
  deadLetterAge: 'restarts',
  lookAhead: 120_000,
  attemptWindowMicros: 300 * SECOND,
};

/** SQS: quotas; the reference of each operation. */
const QUEUE_LIMITS: QueueLimits = {
  visibilityTimeoutMicros: { min: 0, max: 12 * HOUR },
  delayMicros: { min: 0, max: 900 * SECOND },
  retentionMicros: { min: 60 * SECOND, max: 14 * DAY },
  receiveWaitMicros: { min: 0, max: 20 * SECOND },
  maxMessageBytes: { min: KIB, max: MIB },
  maxReceiveCount: { min: 1, max: 1_000 },
  maxInFlight: { min: 1, max: 120_000 },
  maxRedriveSources: 10,
  maxMessagesPerReceive: 10,
  maxBatchEntries: 10,
  maxBatchBytes: MIB,
  maxMessageAttributes: 10,
  messageContents: 'text',
  messageLabel: /^[!-~]{1,128}$/,
  batchEntryId: /^[A-Za-z0-9_-]{1,80}$/,
  moveTaskRatePerSecond: { min: 1, max: 500 },
  maxMoveTasks: 100,
  longestMoveTaskMicros: 36 * HOUR,
  // The ending counts: 80 characters in all.
  queueNames: { standard: /^[A-Za-z0-9_-]{1,80}$/, fifo: /^[A-Za-z0-9_-]{1,75}\.fifo$/ },
  recreateAfterMicros: 60 * SECOND,
  attributesTakeMicros: 60 * SECOND,
  retentionTakesMicros: 15 * 60 * SECOND,
  maxListed: 1_000,
  purgeEveryMicros: 60 * SECOND,
  listedMoveTasks: { min: 1, max: 10 },
};

/** Not SQS's, which are not known: what one simulated node takes on. */
const NODE_LIMITS: BrokerLimits = {
  maxQueues: 100_000,
  maxSessions: 10_000,
  // A long poll is silent for 20 s; load balancers in front of HTTP services drop a connection after 60 s.
  keepAliveMicros: 30 * SECOND,
  maxMessages: 10_000_000,
  maxPendingReplies: 100_000,
  maxPendingLogBytes: 128 * MIB,
  maxWaitingPolls: 10_000,
};

/**
 * A request over HTTP with a small JSON body takes a Node process 24 to 29 microseconds of one core in all (34 000 to 42 000
 * requests a second on one core of a small server); reading, checksumming and writing a body adds about 3 for each KiB. Batches
 * cost their one request and, through their size, their bodies. These are settings, not a measurement of Amazon's.
 */
const COSTS: RequestCosts = {
  baseMicros: {
    hello: 10, openQueue: 5, keepAlive: 5,
    send: 25, sendBatch: 40, receive: 25, delete: 25, deleteBatch: 40, changeVisibility: 25, changeVisibilityBatch: 40,
    createQueue: 50, deleteQueue: 50, listQueues: 50, getQueueAttributes: 25, setQueueAttributes: 50, purgeQueue: 50, listDeadLetterSources: 50,
    startMessageMoveTask: 50, cancelMessageMoveTask: 50, listMessageMoveTasks: 50,
  },
  perKiBMicros: 3,
};

/** Amazon SQS, standard and FIFO queues. */
export const sqs: Personality = {
  name: 'sqs',
  broker: {
    queuePolicies: { standard: STANDARD_QUEUE, fifo: FIFO_QUEUE },
    queueDefaults: QUEUE_DEFAULTS,
    queueLimits: QUEUE_LIMITS,
    limits: NODE_LIMITS,
    errors: SQS_ERRORS,
    attributes: SQS_ATTRIBUTES,
  },
  costs: COSTS,
};
