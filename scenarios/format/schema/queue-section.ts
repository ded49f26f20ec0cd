import * as z from 'zod';
import { COUNT, DURATION, FRACTION, SIZE } from '../quantities/index.js';
import { quantity, quantityOr } from './quantity.js';
import { rabbitmqQueue } from './rabbitmq-settings.js';
import { SQS, SQS_DEFAULTS, SQS_LIMITS } from './sqs-limits.js';
import { choice, flag, queueName } from './word.js';

const deadLetter = z.strictObject({
  queue: queueName('The dead-letter queue, one of `queues`.'),
  maxReceiveCount: quantity(COUNT, {
    ...SQS_LIMITS.maxReceiveCount,
    because: SQS,
    description: 'Receives after which the next attempt to receive moves the message instead.',
  }).prefault('10'),
}).meta({ description: 'Where a message goes that was received too often. Without this it is redelivered for as long as it is retained.' });

const anomalies = z.strictObject({
  servers: quantity(COUNT, { min: 1, max: 30, description: 'Storage servers that the messages are spread over.' }).prefault('8'),
  sampled: quantity(COUNT, {
    min: 1,
    max: 30,
    description: 'Servers that answer first; a short poll asks no others, so it may find nothing though messages are there. At most `servers`.',
  }).prefault('3'),
  missedReceive: quantity(FRACTION, {
    min: 0,
    max: 1,
    description: 'How often another server does not hear of a receive: it may deliver the message a second time while the first lease runs.',
  }).prefault('0.1%'),
  staleFor: quantity(DURATION, { min: 0, description: 'For how long such a server stays behind.' }).prefault('1s'),
  missedPoll: quantity(FRACTION, {
    min: 0,
    max: 1,
    description: 'How often a long poll does not hear one of the servers: it waits in vain for what is there alone.',
  }).prefault('0.1%'),
  missedDelete: quantity(FRACTION, {
    min: 0,
    max: 1,
    description: 'How often a server does not hear of a delete: it delivers the message again when the visibility timeout is over there.',
  }).prefault('0.01%'),
  counterAge: quantity(DURATION, { min: 0, description: 'How old the counters may be that the queue tells.' }).prefault('1min'),
}).meta({ description: 'The anomalies of a standard queue, from the storage servers that it is spread over. Without this the queue is one server without mistakes.' });

const MAX_QUOTA = 1_000_000;

const staleHandles = z.strictObject({
  delete: choice(
    ['settles', 'ignored'],
    'What a delete does when the message was received again since. settles: the message is gone. ignored: nothing, and it is answered with success all the same. SQS promises neither.',
  ).prefault('settles'),
  change: choice(
    ['accepted', 'refused'],
    'What a change of the visibility timeout does when that has ended. accepted: the message is hidden again, as AWS does. refused: MessageNotInflight, as its API reference says.',
  ).prefault('accepted'),
}).meta({ description: 'Standard queue: what receipt handles can do whose visibility timeout has ended, where documentation and service differ.' });

/** One entry of `queues:`. */
export const queueSection = z.strictObject({
  visibilityTimeout: quantity(DURATION, {
    ...SQS_LIMITS.visibilityTimeoutMicros,
    because: SQS,
    description: 'How long a received message is hidden from other consumers: the length of its lease.',
  }).prefault(SQS_DEFAULTS.visibilityTimeout),
  delay: quantity(DURATION, {
    ...SQS_LIMITS.delayMicros,
    because: SQS,
    description: 'How long a message stays hidden after it was sent.',
  }).prefault(SQS_DEFAULTS.delay),
  retention: quantity(DURATION, {
    ...SQS_LIMITS.retentionMicros,
    because: SQS,
    description: 'How long a message is kept after it was sent; in a dead-letter queue, too, counted from the first send.',
    examples: ['4d', '14d'],
  }).prefault(SQS_DEFAULTS.retention),
  receiveWait: quantity(DURATION, {
    ...SQS_LIMITS.receiveWaitMicros,
    because: SQS,
    description: 'How long a receive waits for a message when the consumer does not say (long polling); 0s answers at once.',
  }).prefault(SQS_DEFAULTS.receiveWait),
  maxMessageSize: quantity(SIZE, {
    ...SQS_LIMITS.maxMessageBytes,
    because: SQS,
    description: 'The largest message that is accepted; a larger one is refused.',
  }).prefault(SQS_DEFAULTS.maxMessageSize),
  deadLetter: deadLetter.optional(),
  fifo: flag('true: in order within each message group, deduplicated; the name must end with `.fifo`. false: a standard queue.').prefault(false),
  contentBasedDeduplication: flag('FIFO: a message without a deduplication id gets one made of its body.').prefault(false),
  deduplicationScope: choice(['queue', 'messageGroup'], 'FIFO: among which messages a deduplication id is looked for.').prefault('queue'),
  throughputLimit: choice(
    ['perQueue', 'perMessageGroupId'],
    'FIFO: what shares the quota of `requestsPerSecond`. perQueue: all requests of a kind. perMessageGroupId: the sends of a message group, and other requests have none; it needs `deduplicationScope: messageGroup`.',
  ).prefault('perQueue'),
  maxInFlight: quantity(COUNT, {
    ...SQS_LIMITS.maxInFlight,
    because: SQS,
    description: 'Messages received and not yet deleted at most; until November 2024 FIFO queues had 20000.',
  }).prefault('120000'),
  fair: flag('Standard queue whose messages have groups: those of quiet groups come before those of groups that hold most of what is in flight.').prefault(true),
  requestsPerSecond: quantityOr(COUNT, 'unlimited', null, {
    min: 1,
    max: MAX_QUOTA,
    description: 'Sends, receives, deletes and changes of visibility that the queue takes in a second, each; a batch counts as one. What goes beyond is throttled. Unlimited unless it is said, for a quota cuts off the load that most scenarios are to measure. The service has 300 for a FIFO queue without high throughput: write 300 where clients shall meet its throttling. It has none that is known for standard queues.',
  }).prefault('unlimited'),
  staleHandles: staleHandles.prefault({}),
  lookAhead: quantityOr(COUNT, 'default', null, {
    min: 1,
    max: SQS_LIMITS.maxInFlight.max,
    description: 'FIFO: among how many of its oldest messages a receive looks for a group that is free: 120000; until November 2024 20000.',
  }).prefault('default'),
  repeatsAtZeroTimeout: flag('FIFO: with a visibility timeout of 0 one answer holds a message several times, until there are as many as were asked for. false: each once, as it was seen to be; the documentation says that there may be duplicates.').prefault(false),
  purgeTakes: quantity(DURATION, {
    ...SQS_LIMITS.removalMicros,
    because: SQS,
    description: 'How long a purge takes. Until then messages can be received as ever, and what is sent meanwhile goes with the rest. 0s: no time, as it was seen to be; the documentation says up to 60s.',
  }).prefault('0s'),
  attributesTake: quantity(DURATION, {
    ...SQS_LIMITS.attributesTakeMicros,
    because: SQS,
    description: 'How long it takes until attributes that an operator sets hold, but for the retention. 0s: no time, as it was seen to be; the documentation says up to 60s.',
  }).prefault('0s'),
  retentionTakes: quantity(DURATION, {
    ...SQS_LIMITS.retentionTakesMicros,
    because: SQS,
    description: 'The same of a retention; then it holds for what is in the queue, too. 0s: no time; the documentation says up to 15min.',
  }).prefault('0s'),
  anomalies: anomalies.optional(),
  ...rabbitmqQueue,
}).meta({ description: 'A queue; write `{}` for one with all defaults.' });
