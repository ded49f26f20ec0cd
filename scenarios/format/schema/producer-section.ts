import * as z from 'zod';
import type { ReadTrace } from '../expressions/trace.js';
import { COUNT, DURATION, RATE, SIZE } from '../quantities/index.js';
import { PRODUCER_STEPS } from '../../../sim/index.js';
import { breaker, count, crashes, retry, sendBuffer } from './client-parts.js';
import { leaf } from './leaf.js';
import { GROUP_CHOICE_EXAMPLES, parseGroupChoice, writeGroupChoice } from '../expressions/group-choice.js';
import { distribution, quantity, quantityOr } from './quantity.js';
import { rabbitmqProducer } from './rabbitmq-settings.js';
import { SQS, SQS_LIMITS } from './sqs-limits.js';
import { sends } from './listed-send.js';
import { choice, name, queueName } from './word.js';

/** Sends that one producer may have in flight. */
const MAX_IN_FLIGHT = 100_000;
/** More a second than virtual time has microseconds cannot be told apart. */
const MAX_RATE_PER_SECOND = 1_000_000;

/** Groups that one producer may name. */
const MAX_GROUPS = 1_000_000;

/** What it stores beside what it sends, and where it dies. */
const writing = {
  write: choice(
    ['message', 'row-then-message', 'message-then-row', 'outbox'],
    'What it does with something that is to be stored and told. message: it only sends. row-then-message, message-then-row: it commits a row in its database before, or after the message is accepted (a dual write). outbox: row and message are committed in one transaction, and a relay publishes what stands there and marks it. What comes back (`mandatory`) is not published: the relay sets it aside and does not send it again.',
  ).prefault('message'),
  outboxPoll: quantity(DURATION, { above: 0, description: 'outbox: how often the relay looks for what is not published.' }).prefault('100ms'),
  outboxBatch: quantity(COUNT, { min: 1, max: MAX_IN_FLIGHT, description: 'outbox: messages that the relay has under way at the same time.' }).prefault('10'),
  crashes: crashes(PRODUCER_STEPS, 'row-committed: its row is in the database. sent: it gave the message to its client and has no answer. published: it learnt that its message is accepted. marked: the relay noted that it is published (outbox).').prefault([]),
} as const;

/** One entry of `producers:`. */
export const producerSection = (readTrace: ReadTrace) => z.strictObject({
  queue: queueName('The queue it sends to, one of `queues`.').optional(),
  count,
  rate: quantity(RATE, {
    above: 0,
    max: MAX_RATE_PER_SECOND,
    description: 'Sends per second, minute, hour or day, evenly spaced. Say either this, `interval` or `sends`.',
  }).optional(),
  interval: distribution(DURATION, readTrace, {
    above: 0,
    description: 'Gap between intended sends; `exponential(10ms)` is a Poisson process. Sends do not wait for the answers to earlier ones.',
  }).optional(),
  sends: sends.optional(),
  start: quantity(DURATION, { min: 0, description: 'Time of the first intended send.' }).prefault('0s'),
  messages: quantityOr(COUNT, 'unlimited', Infinity, {
    min: 1,
    description: 'It stops after this many messages, or at the scenario\'s duration.',
  }).prefault('unlimited'),
  size: distribution(SIZE, readTrace, {
    above: 0,
    description: 'Size of a message body.',
    examples: ['64B', '1KiB', 'uniform(100B, 10KiB)'],
  }).prefault('1KiB'),
  delay: quantityOr(DURATION, 'queue', null, {
    ...SQS_LIMITS.delayMicros,
    because: SQS,
    description: 'How long each message stays hidden after it was sent; `queue` leaves it to the queue.',
  }).prefault('queue'),
  maxInFlight: quantity(COUNT, {
    min: 1,
    max: MAX_IN_FLIGHT,
    description: 'Sends under way at the same time; further ones wait in the client.',
  }).prefault('100'),
  batchSize: quantity(COUNT, {
    ...SQS_LIMITS.entriesPerSend,
    because: SQS,
    description: 'Messages that may travel in one request; it leaves with fewer when the next would make it larger than the broker takes (SQS: 1 MiB).',
  }).prefault('1'),
  linger: quantity(DURATION, { min: 0, description: 'How long a message waits for others to fill its request, when `batchSize` is more than 1. 0s: those of the same instant travel together.' }).prefault('0s'),
  groups: quantity(COUNT, {
    min: 0,
    max: MAX_GROUPS,
    description: 'Message groups that its messages belong to; 0 for none. A FIFO queue needs at least one, and one is what it gets when nothing is said.',
  }).optional(),
  group: name('What the names of its groups begin with; producers that say the same share their groups.').prefault('group'),
  groupChoice: leaf(parseGroupChoice, 'round-robin, uniform or zipf(…)', {
    description: 'round-robin: each group in its turn. uniform: at random. zipf(1.1): at random, a few groups much more often than the others.',
    type: 'string',
    pattern: '^\\s*(round-robin|uniform|zipf\\s*\\(.*\\))\\s*$',
    examples: GROUP_CHOICE_EXAMPLES,
  }, writeGroupChoice).prefault('round-robin'),
  groupOrder: choice(
    ['auto', 'kept', 'free'],
    'kept: of each group one message at a time is under way, so that retries cannot change their order. free: as many as `maxInFlight` allows. auto: kept for a FIFO queue.',
  ).prefault('auto'),
  deduplication: choice(
    ['auto', 'id', 'none'],
    'id: each message has a deduplication id of its own, the same in all attempts to send it. none: it has none. auto: id for a FIFO queue that does not deduplicate by content, none otherwise.',
  ).prefault('auto'),
  ...writing,
  buffer: sendBuffer.optional(),
  breaker: breaker.optional(),
  ...rabbitmqProducer,
  retry,
}).meta({ description: 'A program that sends messages.' });
