import { sqs } from '../../../engine/index.js';
import { formatDuration, formatSize } from '../quantities/index.js';

const { queueLimits, queueDefaults } = sqs.broker;
/** The API has whole seconds alone. */
const step = 1_000_000;

/** What the personality allows, as the broker enforces it: a scenario that the format accepts is one that the broker accepts. */
export const SQS_LIMITS = {
  visibilityTimeoutMicros: { ...queueLimits.visibilityTimeoutMicros, step },
  delayMicros: { ...queueLimits.delayMicros, step },
  retentionMicros: { ...queueLimits.retentionMicros, step },
  receiveWaitMicros: { ...queueLimits.receiveWaitMicros, step },
  maxMessageBytes: queueLimits.maxMessageBytes,
  maxReceiveCount: queueLimits.maxReceiveCount,
  maxInFlight: queueLimits.maxInFlight,
  moveTaskRatePerSecond: queueLimits.moveTaskRatePerSecond,
  removalMicros: { min: 0, max: queueLimits.recreateAfterMicros },
  attributesTakeMicros: { min: 0, max: queueLimits.attributesTakeMicros },
  retentionTakesMicros: { min: 0, max: queueLimits.retentionTakesMicros },
  entriesPerSend: { min: 1, max: queueLimits.maxBatchEntries },
  messagesPerReceive: { min: 1, max: queueLimits.maxMessagesPerReceive },
} as const;

/** What a queue has that does not say otherwise, as a scenario would write it. */
export const SQS_DEFAULTS = {
  visibilityTimeout: formatDuration(queueDefaults.visibilityTimeoutMicros),
  delay: formatDuration(queueDefaults.delayMicros),
  retention: formatDuration(queueDefaults.retentionMicros),
  receiveWait: formatDuration(queueDefaults.receiveWaitMicros),
  maxMessageSize: formatSize(queueDefaults.maxMessageBytes),
} as const;

/** Who sets these limits, as messages say it. */
export const SQS = 'a limit of SQS';
