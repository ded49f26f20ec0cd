import * as z from 'zod';
import { ON_FAILURE_EXAMPLES, parseOnFailure, writeOnFailure } from '../expressions/backoff.js';
import type { ReadTrace } from '../expressions/trace.js';
import { COUNT, DURATION, FRACTION } from '../quantities/index.js';
import { CONSUMER_STEPS } from '../../../sim/index.js';
import { count, crashes, retry } from './client-parts.js';
import { leaf } from './leaf.js';
import { distribution, quantity, quantityOr } from './quantity.js';
import { rabbitmqConsumer } from './rabbitmq-settings.js';
import { SQS, SQS_LIMITS } from './sqs-limits.js';
import { choice, flag, queueName } from './word.js';

/** Messages that one consumer may handle at the same time. */
const MAX_CONCURRENCY = 10_000;

const handler = (readTrace: ReadTrace) => z.strictObject({
  kind: choice(
    ['plain', 'idempotent', 'ack-first', 'upsert', 'inbox'],
    'plain: process, have the effect, acknowledge. idempotent: the same, but the store behind it has each effect once. ack-first: acknowledge, then process. upsert: process, set the row of the message\'s key, acknowledge. inbox: process, have the effect and note the message\'s id in one transaction of the database, acknowledge.',
  ).prefault('plain'),
  memory: quantityOr(COUNT, 'unlimited', null, {
    min: 1,
    description: 'idempotent: ids that the store remembers for a queue; the oldest are forgotten first.',
  }).prefault('unlimited'),
  keys: quantityOr(COUNT, 'message', null, {
    min: 1,
    description: 'upsert: rows that the messages of each producer fall on, each in its turn. message: each has a row of its own.',
  }).prefault('message'),
  transaction: choice(
    ['together', 'apart'],
    'inbox. together: effect and id are committed in one transaction. apart: the id is noted after the effect, in a transaction of its own.',
  ).prefault('together'),
  noteTime: quantity(DURATION, {
    min: 0,
    description: 'idempotent, inbox: how long the store takes to look the message\'s id up and to note it, in the transaction of the effect. The message is in work for so much longer. 1ms: a round trip to a database near by, and an entry in a unique index.',
  }).prefault('1ms'),
  time: distribution(DURATION, readTrace, { min: 0, description: 'How long the handling of one message takes.' }).prefault('10ms'),
  failure: quantity(FRACTION, {
    min: 0,
    max: 1,
    description: 'Probability that a handling fails after its time, without effect.',
  }).prefault('0%'),
  poisonEvery: quantity(COUNT, {
    min: 0,
    description: 'Every n-th message of each producer always fails; 0 for none.',
  }).prefault('0'),
}).meta({ description: 'What happens to a message that was received.' }).prefault({});

/** One entry of `consumers:`. */
export const consumerSection = (readTrace: ReadTrace) => z.strictObject({
  queue: queueName('The queue it receives from, one of `queues`.'),
  count,
  start: quantity(DURATION, { min: 0, description: 'When it begins to receive.' }).prefault('0s'),
  stop: quantityOr(DURATION, 'never', null, {
    min: 0,
    description: 'When it stops in good order: it receives no more, gives back what it has not begun, finishes the rest. With `acknowledge: automatic` there is nothing to give back, and it finishes all that it has got. A queue whose consumers have all stopped keeps what it has, and is not waited for.',
  }).prefault('never'),
  concurrency: quantity(COUNT, { min: 1, max: MAX_CONCURRENCY, description: 'Messages handled at the same time.' }).prefault('1'),
  batchSize: quantity(COUNT, {
    ...SQS_LIMITS.messagesPerReceive,
    because: SQS,
    description: 'Messages asked for in one receive.',
  }).prefault('1'),
  waitTime: quantity(DURATION, {
    ...SQS_LIMITS.receiveWaitMicros,
    because: SQS,
    description: 'How long a receive waits for a message (long polling).',
  }).prefault('20s'),
  visibilityTimeout: quantityOr(DURATION, 'queue', null, {
    ...SQS_LIMITS.visibilityTimeoutMicros,
    because: SQS,
    description: 'The lease it asks for; `queue` leaves it to the queue.',
  }).prefault('queue'),
  handler: handler(readTrace),
  extendEvery: quantityOr(DURATION, 'never', null, {
    above: 0,
    description: 'It extends the lease of a message in work this often, each time by the visibility timeout.',
  }).prefault('never'),
  onFailure: leaf(parseOnFailure, 'leave, release or backoff(…)', {
    description: 'leave: the lease runs out. release: negative acknowledgement, visible again at once. backoff(base, factor, cap): negative acknowledgement with a delay that grows with each delivery.',
    type: 'string',
    pattern: '^\\s*(leave|release|backoff\\s*\\(.*\\))\\s*$',
    examples: ON_FAILURE_EXAMPLES,
  }, writeOnFailure).prefault('leave'),
  acknowledgeBatch: quantity(COUNT, {
    ...SQS_LIMITS.entriesPerSend,
    because: SQS,
    description: 'Acknowledgements that may travel in one request.',
  }).prefault('1'),
  acknowledgeLinger: quantity(DURATION, { min: 0, description: 'How long an acknowledgement waits for others to fill the request.' }).prefault('0s'),
  attemptIds: flag('FIFO: a receive whose answer was lost is asked again under the same id and gets the same messages, instead of waiting for their leases to end.').prefault(false),
  groupOrder: choice(
    ['free', 'kept'],
    'free: it works on any of the messages that it holds. kept: of a message group on one at a time, and when that fails it gives back what it holds of the group behind it. A receive is filled from one group first: with a `buffer` it has others to work on meanwhile.',
  ).prefault('free'),
  buffer: quantityOr(COUNT, 'none', null, {
    min: 1,
    max: MAX_CONCURRENCY,
    description: 'Received messages that may wait in the client for a place in work, under their leases. It receives ahead while another batch has room, pauses when none has, and goes on when half of it is free. none: it receives when nothing waits and a place is free.',
  }).prefault('none'),
  crashes: crashes(CONSUMER_STEPS, 'handling-begun: it began to handle a message. effect-written: with an inbox, the effect is written in its transaction, and nothing committed. effect-had: the effect is had, and nothing acknowledged; with an inbox apart, nor is the id noted. noted: with an inbox apart, the id is noted, too, and nothing acknowledged. acknowledged: it asked for the acknowledgement; with an ack-first handler, that is done, and the handling not begun.').prefault([]),
  ...rabbitmqConsumer,
  retry,
}).meta({ description: 'A program that receives messages, handles and acknowledges them.' });
