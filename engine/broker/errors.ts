/** Every way a request can be turned down. A personality gives each its code and words. */
export type ErrorKind =
  | 'queueDoesNotExist' | 'queueNameExists' | 'queueDeletedRecently' | 'invalidQueueName' | 'invalidGroupQueueName' | 'tooManyQueues'
  | 'unknownAttribute' | 'attributeNeedsKind' | 'invalidAttributeValue' | 'kindUnchangeable'
  | 'redrivePolicyNotJson' | 'redrivePolicyWithoutTarget' | 'redrivePolicyWithoutCount' | 'invalidDeadLetterTarget' | 'invalidMaxReceiveCount'
  | 'deadLetterQueueUnknown' | 'deadLetterKindDiffers' | 'redriveNotAllowed' | 'invalidRedriveAllowPolicy'
  | 'messageTooLong' | 'entryTooLong' | 'emptyMessage' | 'invalidContents' | 'tooManyMessageAttributes' | 'messageAttributeName' | 'messageAttributeType' | 'messageAttributeEmpty' | 'messageAttributeNumber' | 'messageAttributeText'
  | 'invalidDelay' | 'delayNotAllowed' | 'missingGroup' | 'missingEntryGroup' | 'missingDeduplicationId' | 'invalidGroup' | 'invalidDeduplicationId'
  | 'deduplicationNotSupported'
  | 'invalidTimeout' | 'invalidWait' | 'invalidMaxMessages' | 'invalidAttemptId'
  | 'invalidRate' | 'invalidMaxResults' | 'invalidPage'
  | 'purgeInProgress'
  | 'emptyBatch' | 'tooManyEntries' | 'batchTooLong' | 'entryIdsNotDistinct' | 'invalidEntryId'
  | 'handleInvalid' | 'handleExpired' | 'messageNotAvailable' | 'messageNotInFlight' | 'leaseTooLong'
  | 'tooManyInFlight' | 'throttled' | 'overloaded' | 'storageFull'
  | 'notADeadLetterQueue' | 'taskRunning' | 'tooManyTasks' | 'taskDoesNotExist' | 'moveSourceUnknown' | 'moveDestinationUnknown' | 'moveKindDiffers'
  | 'moveOriginUnknown' | 'moveDestinationGone' | 'moveTookTooLong'
  | 'unknownOperation';

export interface ErrorDefinition {
  /** As the clients of the real system know it. */
  readonly code: string;
  /** `{detail}` stands for what the request said. */
  readonly message: string;
  readonly retriable: boolean;
  /** HTTP status: 400 to 499, for everything that a broker refuses. */
  readonly status: number;
}

export type ErrorTable = Readonly<Record<ErrorKind, ErrorDefinition>>;
