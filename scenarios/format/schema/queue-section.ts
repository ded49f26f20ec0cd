import { z } from 'zod';
import { COUNT, DURATION, SIZE } from '../quantities/index.js';
import { quantity } from './quantity.js';
import { SQS, SQS_DEFAULTS, SQS_LIMITS } from './sqs-limits.js';
import { name } from './word.js';

const deadLetter = z.strictObject({
  queue: name('The dead-letter queue, one of `queues`.'),
  maxReceiveCount: quantity(COUNT, {
    ...SQS_LIMITS.maxReceiveCount,
    because: SQS,
    description: 'Receives after which the next attempt to receive moves the message instead.',
  }).prefault('10'),
}).meta({ description: 'Where a message goes that was received too often. Without this it is redelivered for as long as it is retained.' });

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
}).meta({ description: 'A queue; write `{}` for one with all defaults.' });
