import type { ErrorTable } from '../broker/index.js';

/**
 * Error codes and words of the Amazon SQS API (API reference; where that is silent, as recorded against the real service).
 * A request that breaks a rule is not to be repeated; throttling is. The last three have no counterpart at SQS, which has no
 * visible limits of that kind.
 */
export const SQS_ERRORS: ErrorTable = {
  queueDoesNotExist: definite('QueueDoesNotExist', 'The specified queue does not exist.'),
  queueNameExists: definite('QueueNameExists', 'A queue already exists with the same name and a different value for attribute {detail}'),
  queueDeletedRecently: definite(
    'QueueDeletedRecently', 'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
  ),
  invalidQueueName: definite('InvalidParameterValue', 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'),
  invalidGroupQueueName: definite(
    'InvalidParameterValue',
    'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
  ),
  tooManyQueues: definite('OverLimit', 'Too many queues.', 403),
  unknownAttribute: definite('InvalidAttributeName', 'Unknown Attribute {detail}.'),
  attributeNeedsKind: definite('InvalidAttributeName', 'You can specify the {detail} only when FifoQueue is set to true.'),
  invalidAttributeValue: definite('InvalidAttributeValue', 'Invalid value for the parameter {detail}.'),
  kindUnchangeable: definite('InvalidAttributeValue', 'Invalid value for the parameter {detail}. Reason: Modifying queue type is not supported.'),
  redrivePolicyNotJson: definite('InvalidParameterValue', 'Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a valid JSON map.'),
  redrivePolicyWithoutTarget: parameter('{detail}', 'RedrivePolicy', 'Redrive policy does not contain mandatory attribute: deadLetterTargetArn.'),
  redrivePolicyWithoutCount: parameter('{detail}', 'RedrivePolicy', 'Redrive policy does not contain mandatory attribute: maxReceiveCount.'),
  invalidDeadLetterTarget: parameter('{detail}', 'RedrivePolicy', 'Invalid value for deadLetterTargetArn.'),
  invalidMaxReceiveCount: parameter('{detail}', 'RedrivePolicy', 'Invalid value for maxReceiveCount, valid values are from 1 to 1000 both inclusive.'),
  deadLetterQueueUnknown: parameter('{detail}', 'RedrivePolicy', 'Dead letter target does not exist.'),
  deadLetterKindDiffers: parameter('{detail}', 'RedrivePolicy', 'Dead-letter queue must be same type of queue as the source.'),
  redriveNotAllowed: parameter('{detail}', 'RedrivePolicy', 'The dead-letter queue does not allow this queue as a source.'),
  invalidRedriveAllowPolicy: parameter(
    '{detail}', 'RedriveAllowPolicy', 'redrivePermission must be allowAll, denyAll, or byQueue with at most 10 sourceQueueArns.',
  ),
  messageTooLong: definite('InvalidParameterValue', 'One or more parameters are invalid. Reason: Message must be shorter than {detail} bytes.'),
  entryTooLong: definite('InvalidParameterValue', 'One or more parameters cannot be validated. Reason: Message must be shorter than {detail} bytes.'),
  emptyMessage: definite('MissingParameter', 'The request must contain the parameter MessageBody.'),
  invalidContents: definite('InvalidMessageContents', 'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF'),
  tooManyMessageAttributes: definite('InvalidParameterValue', 'Number of message attributes [{detail}] exceeds the allowed maximum [10].'),
  messageAttributeName: definite(
    'InvalidParameterValue',
    "The message attribute name '{detail}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.",
  ),
  messageAttributeType: definite(
    'InvalidParameterValue',
    "The message attribute '{detail}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
  ),
  messageAttributeEmpty: definite('InvalidParameterValue', 'Message (user) attribute {detail}.'),
  messageAttributeNumber: definite('InvalidParameterValue', "Can't cast the value of message (user) attribute '{detail}' to a number."),
  messageAttributeText: definite('InvalidParameterValue', 'Invalid characters found in the value of message (user) attribute {detail}. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF'),
  invalidDelay: parameter('{detail}', 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.'),
  delayNotAllowed: parameter('{detail}', 'DelaySeconds', 'The request include parameter that is not valid for this queue type.'),
  missingGroup: definite('MissingParameter', 'The request must contain the parameter MessageGroupId.'),
  missingEntryGroup: definite('InvalidParameterValue', 'The request must contain the parameter MessageGroupId.'),
  missingDeduplicationId: definite(
    'InvalidParameterValue', 'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  ),
  invalidGroup: parameter('{detail}', 'MessageGroupId', 'MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.'),
  invalidDeduplicationId: parameter(
    '{detail}', 'MessageDeduplicationId', 'MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
  ),
  deduplicationNotSupported: parameter('{detail}', 'MessageDeduplicationId', 'The request include parameter that is not valid for this queue type.'),
  invalidTimeout: parameter('{detail}', 'VisibilityTimeout', 'VisibilityTimeout must be an integer between 0 and 43200.'),
  invalidWait: parameter('{detail}', 'WaitTimeSeconds', 'Must be >= 0 and <= 20, if provided.'),
  invalidMaxMessages: parameter('{detail}', 'MaxNumberOfMessages', 'Must be between 1 and 10, if provided.'),
  invalidAttemptId: parameter(
    '{detail}', 'ReceiveRequestAttemptId', 'It can only include alphanumeric and punctuation characters, 1 to 128 in length, and is for FIFO queues.',
  ),
  invalidRate: definite('InvalidParameterValue', 'Value {detail} for parameter MaxNumberOfMessagesPerSecond is invalid. Must be 1 to 500.'),
  invalidMaxResults: parameter('{detail}', 'MaxResults', 'It is out of its range.'),
  invalidPage: definite('InvalidParameterValue', 'NextToken needs MaxResults in the same request.'),
  purgeInProgress: definite('PurgeQueueInProgress', 'Only one PurgeQueue operation on {detail} is allowed every 60 seconds.', 403),
  emptyBatch: definite('EmptyBatchRequest', 'There should be at least one entry in the request.'),
  tooManyEntries: definite('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10. You have sent {detail}.'),
  batchTooLong: definite('BatchRequestTooLong', 'Batch requests cannot be longer than 1048576 bytes. You have sent {detail} bytes.'),
  entryIdsNotDistinct: definite('BatchEntryIdsNotDistinct', 'Id {detail} repeated.'),
  invalidEntryId: definite(
    'InvalidBatchEntryId', 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
  ),
  handleInvalid: definite('ReceiptHandleIsInvalid', 'The input receipt handle "{detail}" is not a valid receipt handle.'),
  handleExpired: parameter('{detail}', 'ReceiptHandle', 'The receipt handle has expired.'),
  messageNotAvailable: parameter('{detail}', 'ReceiptHandle', 'Message does not exist or is not available for visibility timeout change.'),
  messageNotInFlight: definite('MessageNotInflight', 'The specified message is not in flight.'),
  leaseTooLong: definite(
    'InvalidParameterValue',
    'Value for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds].',
  ),
  tooManyInFlight: definite('OverLimit', 'Too many messages in flight.', 403),
  notADeadLetterQueue: definite('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.'),
  taskRunning: definite('InvalidParameterValue', 'There is already a task running. Only one active task is allowed for a source queue arn at a given time.'),
  tooManyTasks: definite('OverLimit', 'No more than {detail} message move tasks may run at a time.', 403),
  taskDoesNotExist: definite('ResourceNotFoundException', 'Task does not exist.', 404),
  moveSourceUnknown: definite('ResourceNotFoundException', "The resource that you specified for the SourceArn parameter doesn't exist.", 404),
  moveDestinationUnknown: definite('ResourceNotFoundException', "The resource that you specified for the DestinationArn parameter doesn't exist.", 404),
  // SQS, Developer Guide: both queues must be of the same type; UnsupportedOperation is what the API reference has for a request that cannot be carried out.
  moveKindDiffers: definite('UnsupportedOperation', 'The destination of a message move task must be of the same type as its source.'),
  // What a task that failed gives as its reason.
  moveOriginUnknown: definite('CouldNotDetermineMessageSource', 'Nobody knows where the message came from.'),
  moveDestinationGone: definite('AWS.SimpleQueueService.NonExistentQueue', 'The queue to move to was deleted.'),
  // Not documented beyond the 36 hours.
  moveTookTooLong: definite('TaskTimedOut', 'The task ran for as long as a task may.'),
  unknownOperation: definite('UnsupportedOperation', 'Unsupported operation: {detail}.'),
  throttled: retriable('RequestThrottled', 'The request was denied due to request throttling.'),
  overloaded: retriable('RequestThrottled', 'The request was denied due to request throttling.'),
  storageFull: retriable('RequestThrottled', 'The node stores as many messages as it may.'),
};

function definite(code: string, message: string, status = 400): ErrorTable[keyof ErrorTable] {
  return { code, message, retriable: false, status };
}

/** A value of a request's parameter is not possible. */
function parameter(value: string, name: string, reason: string): ErrorTable[keyof ErrorTable] {
  return definite('InvalidParameterValue', `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
}

/** SQS: RequestThrottled, 403. */
function retriable(code: string, message: string): ErrorTable[keyof ErrorTable] {
  return { code, message, retriable: true, status: 403 };
}
