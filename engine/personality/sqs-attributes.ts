import type { AttributeTable } from '../broker/index.js';

const SECOND = 1_000_000;

/** Attributes of queues (SQS: GetQueueAttributes, SetQueueAttributes), and addresses as ARNs of a made-up account. */
export const SQS_ATTRIBUTES: AttributeTable = {
  addressPrefix: 'arn:aws:sqs:us-east-1:000000000000:',
  missingReceiveCount: 'refused',
  definitions: [
    { type: 'address', name: 'QueueArn' },
    { type: 'counter', name: 'ApproximateNumberOfMessages', counter: 'ready' },
    { type: 'counter', name: 'ApproximateNumberOfMessagesNotVisible', counter: 'leased' },
    { type: 'counter', name: 'ApproximateNumberOfMessagesDelayed', counter: 'delayed' },
    { type: 'time', name: 'CreatedTimestamp', time: 'created' },
    { type: 'time', name: 'LastModifiedTimestamp', time: 'modified' },
    { type: 'number', name: 'VisibilityTimeout', field: 'visibilityTimeoutMicros', unit: SECOND },
    { type: 'number', name: 'DelaySeconds', field: 'delayMicros', unit: SECOND },
    { type: 'number', name: 'MessageRetentionPeriod', field: 'retentionMicros', unit: SECOND },
    { type: 'number', name: 'ReceiveMessageWaitTimeSeconds', field: 'receiveWaitMicros', unit: SECOND },
    { type: 'number', name: 'MaximumMessageSize', field: 'maxMessageBytes', unit: 1 },
    { type: 'redrive', name: 'RedrivePolicy', field: 'deadLetter' },
    { type: 'redriveAllow', name: 'RedriveAllowPolicy', field: 'redriveAllow' },
    { type: 'kind', name: 'FifoQueue', kind: 'fifo' },
    { type: 'flag', name: 'ContentBasedDeduplication', field: 'contentBasedDeduplication', only: 'fifo', elsewhere: 'unknownAttribute' },
    {
      type: 'choice', name: 'DeduplicationScope', field: 'deduplicationScope', values: ['queue', 'messageGroup'],
      only: 'fifo', elsewhere: 'attributeNeedsKind',
    },
    {
      type: 'choice', name: 'FifoThroughputLimit', field: 'throughputLimit', values: ['perQueue', 'perMessageGroupId'],
      only: 'fifo', elsewhere: 'attributeNeedsKind',
    },
  ],
};
