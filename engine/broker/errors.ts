/** Every way a request can be turned down. A personality gives each its code and words. */
export type ErrorKind =
  | 'queueDoesNotExist' | 'queueNameExists' | 'invalidQueueName' | 'tooManyQueues'
  | 'invalidAttributeValue'
  | 'messageTooLong' | 'emptyMessage' | 'invalidDelay' | 'invalidTimeout' | 'invalidWait' | 'invalidMaxMessages'
  | 'invalidRate'
  | 'purgeInProgress'
  | 'emptyBatch' | 'tooManyEntries' | 'batchTooLong'
  | 'handleInvalid' | 'handleExpired' | 'messageNotAvailable' | 'leaseTooLong'
  | 'tooManyInFlight' | 'overloaded' | 'storageFull'
  | 'notADeadLetterQueue' | 'taskRunning' | 'taskDoesNotExist'
  | 'unknownOperation';

export interface ErrorDefinition {
  /** As the clients of the real system know it. */
  readonly code: string;
  /** `{detail}` stands for what the request said. */
  readonly message: string;
  readonly retriable: boolean;
}

export type ErrorTable = Readonly<Record<ErrorKind, ErrorDefinition>>;
