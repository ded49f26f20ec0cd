import type { ErrorTable } from '../broker/index.js';

/**
 * Error codes and words of the Amazon SQS API (API reference; where that is silent, as recorded against the real service).
 * A request that breaks a rule is not to be repeated; throttling is. The last three have no counterpart at SQS, which has no
 * visible limits of that kind.
 */
export const SQS_ERRORS: ErrorTable = {
  queueDoesNotExist: definite('QueueDoesNotExist', 'The specified queue does not exist.'),
  queueNameExists: definite('QueueNameExists', 'A queue already exists with the same name and a different value for an attribute: {detail}.'),
  invalidQueueName: definite('InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.'),
  tooManyQueues: definite('OverLimit', 'Too many queues.'),
  purgeInProgress: definite('PurgeQueueInProgress', 'Only one PurgeQueue operation on {detail} is allowed every 60 seconds.'),
  invalidAttributeValue: definite('InvalidAttributeValue', 'Invalid value for the parameter {detail}.'),
  messageTooLong: definite('InvalidParameterValue', 'One or more parameters are invalid. Reason: Message must be shorter than the queue allows.'),
  emptyMessage: definite('MissingParameter', 'The request must contain the parameter MessageBody.'),
  invalidDelay: definite('InvalidParameterValue', 'Value for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.'),
  invalidTimeout: definite('InvalidParameterValue', 'Value for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.'),
  invalidWait: definite('InvalidParameterValue', 'Value for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20.'),
  invalidMaxMessages: definite(
    'InvalidParameterValue',
    'Value {detail} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  ),
  invalidRate: definite('InvalidParameterValue', 'Value {detail} for parameter MaxNumberOfMessagesPerSecond is invalid. Must be 1 to 500.'),
  emptyBatch: definite('EmptyBatchRequest', 'There should be at least one entry in the request.'),
  tooManyEntries: definite('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent {detail}.'),
  batchTooLong: definite('BatchRequestTooLong', 'Batch requests cannot be longer than 1048576 bytes. You have sent {detail} bytes.'),
  handleInvalid: definite('ReceiptHandleIsInvalid', 'The input receipt handle "{detail}" is not a valid receipt handle.'),
  handleExpired: definite(
    'InvalidParameterValue', 'Value {detail} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
  ),
  messageNotAvailable: definite(
    'InvalidParameterValue',
    'Value {detail} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.',
  ),
  leaseTooLong: definite(
    'InvalidParameterValue',
    'Value for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
  ),
  tooManyInFlight: definite('OverLimit', 'Too many messages in flight.'),
  notADeadLetterQueue: definite('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.'),
  taskRunning: definite('InvalidParameterValue', 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.'),
  taskDoesNotExist: definite('ResourceNotFoundException', 'Task does not exist.'),
  unknownOperation: definite('UnsupportedOperation', 'Unsupported operation: {detail}.'),
  overloaded: retriable('RequestThrottled', 'The request was denied due to request throttling.'),
  storageFull: retriable('RequestThrottled', 'The node stores as many messages as it may.'),
};

function definite(code: string, message: string): ErrorTable[keyof ErrorTable] {
  return { code, message, retriable: false };
}

function retriable(code: string, message: string): ErrorTable[keyof ErrorTable] {
  return { code, message, retriable: true };
}
