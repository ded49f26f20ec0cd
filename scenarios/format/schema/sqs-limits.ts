/** What Amazon SQS allows and presumes (SQS: CreateQueue, ReceiveMessage, ChangeMessageVisibility, quotas for messages). */
const SECOND = 1_000_000;

export const SQS_LIMITS = {
  visibilityTimeoutMicros: { min: 0, max: 43_200 * SECOND },
  delayMicros: { min: 0, max: 900 * SECOND },
  retentionMicros: { min: 60 * SECOND, max: 1_209_600 * SECOND },
  receiveWaitMicros: { min: 0, max: 20 * SECOND },
  maxMessageBytes: { min: 1_024, max: 1_048_576 },
  maxReceiveCount: { min: 1, max: 1_000 },
  batchEntries: { min: 1, max: 10 },
} as const;

/** Who sets these limits, as messages say it. */
export const SQS = 'a limit of SQS';
