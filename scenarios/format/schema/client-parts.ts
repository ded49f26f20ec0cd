import * as z from 'zod';
import { FAILURE_CLASSES } from '../../../engine/index.js';
import { COUNT, DURATION, FRACTION } from '../quantities/index.js';
import { quantity, quantityOr } from './quantity.js';
import { choice, choices } from './word.js';

/** Machines that one entry of `producers:` or `consumers:` may stand for. */
export const MAX_COUNT = 1_000;
/** Entries of `queues:`, `producers:` and `consumers:`, each. */
export const MAX_ENTRIES = 1_000;

export const count = quantity(COUNT, {
  min: 1,
  max: MAX_COUNT,
  description: 'How many of them there are, each on a machine of its own, called NAME-1, NAME-2 and so on. A single one is called NAME.',
}).prefault('1');

const MAX_CRASHES = 1_000;

/** Where a program dies between two steps. */
export const crashes = <const Step extends string>(steps: readonly Step[], meaning: string) => z.array(z.strictObject({
  after: choice(steps, `The step after which it is killed. ${meaning}`),
  nth: quantity(COUNT, { min: 1, description: 'Which time that it takes this step, from 1, over all of its lives.' }).prefault('1'),
  for: quantity(DURATION, { min: 0, description: 'How long it is down.' }).prefault('1s'),
}).meta({ description: 'A crash between two steps.' })).max(MAX_CRASHES, `There are more than ${MAX_CRASHES} crashes`)
  .meta({ description: `Crashes between two steps of the program, as faults that strike by what it does and not by time: \`after\` a step, the \`nth\` time that it takes it (1), \`for\` so long (1s). ${meaning}` });

/** Retries of a budget, and attempts that a circuit breaker counts. */
const MAX_TOKENS = 1_000_000;

const budget = z.strictObject({
  share: quantity(FRACTION, { min: 0, max: 1, description: 'Retries that each message earns whose first attempt succeeds: the share of retries in the long run.' }).prefault('20%'),
  burst: quantity(COUNT, { min: 1, max: MAX_TOKENS, description: 'Retries that may be saved up; there are so many at the start.' }).prefault('100'),
  timeoutCost: quantity(COUNT, { min: 1, max: MAX_TOKENS, description: 'How many retries one after a timeout counts as.' }).prefault('1'),
}).meta({ description: 'How many messages may be sent again: a bucket of tokens, as AWS SDKs have it. A retry that succeeds gives back what it took.' });

/** When a producer stops trying. */
export const breaker = z.strictObject({
  failureRate: quantity(FRACTION, { above: 0, max: 1, description: 'It opens when this share of the attempts in the window failed: timeouts, lost connections, service errors, throttling, nacks.' }).prefault('50%'),
  window: quantity(DURATION, { above: 0, description: 'How far back attempts count, to a tenth of it.' }).prefault('10s'),
  minimum: quantity(COUNT, { min: 1, max: MAX_TOKENS, description: 'Attempts in the window before their share says anything.' }).prefault('10'),
  openFor: quantity(DURATION, { above: 0, description: 'How long it stays open; then it is half-open.' }).prefault('30s'),
  trials: quantity(COUNT, { min: 1, max: MAX_TOKENS, description: 'Attempts that it lets through when half-open. When all succeed it closes, when one fails it opens again.' }).prefault('3'),
  whenOpen: choice(['fail', 'wait'], 'fail: what is sent while it is open fails at once. wait: it waits in the client.').prefault('fail'),
}).meta({ description: 'A circuit breaker: while most attempts fail, no more are made.' });

/** Messages that a producer may keep waiting. */
export const sendBuffer = z.strictObject({
  messages: quantity(COUNT, { min: 1, max: MAX_TOKENS, description: 'Messages that may wait in the client, beside those in flight.' }),
  whenFull: choice(
    ['block', 'reject', 'drop-oldest'],
    'block: the source waits until there is room, and what it was to send meanwhile is sent late. reject: the new message fails at once. drop-oldest: the message that waited longest does.',
  ).prefault('block'),
}).meta({ description: 'A bounded buffer in front of the network. Without it a million messages may wait.' });

const basics = {
  timeout: quantity(DURATION, { above: 0, description: 'How long one attempt waits for its answer.' }).prefault('3s'),
  attempts: quantity(COUNT, { min: 1, max: 1_000_000, description: 'Attempts in all; 1 never retries.' }).prefault('3'),
  backoffBase: quantity(DURATION, { min: 0, description: 'Wait before the second attempt; it doubles with each further one.' }).prefault('100ms'),
  backoffCap: quantity(DURATION, { min: 0, description: 'The longest wait between attempts.' }).prefault('20s'),
  jitter: choice(['full', 'none'], 'full: wait a random time up to the backoff. none: wait exactly the backoff.').prefault('full'),
} as const;

/** What an operator does when an answer does not come. */
export const plainRetry = z.strictObject(basics).meta({ description: 'What the client does when an answer does not come in time.' }).prefault({});

/** What a client does when an answer does not come. */
export const retry = z.strictObject({
  mode: choice(
    ['custom', 'standard', 'adaptive', 'legacy'],
    'custom: what the settings beside it say. standard, adaptive, legacy: the modes of AWS SDKs; what is not said beside it is as there. standard: 3 attempts, base 100ms, 500ms after throttling, and a budget of 20% with a burst of 100 in which timeouts count twice. adaptive: the same, and its pace. legacy: 5 attempts, base 1s, no budget.',
  ).prefault('custom'),
  ...basics,
  throttledBase: quantityOr(DURATION, 'same', null, { min: 0, description: 'The base after an answer that says the broker has too much to do; same: backoffBase.' }).prefault('same'),
  pace: choice(
    ['none', 'adaptive'],
    'SQS. none: every request leaves at once. adaptive: after throttling requests leave no faster than 70 % of the rate that was too much, and then faster again along a cubic (CUBIC).',
  ).prefault('none'),
  on: choices(
    FAILURE_CLASSES,
    'Failures after which it tries again. timeout: no answer in time. connection: it was lost. service: the service answered that it failed (HTTP 5xx). throttling: the broker has too much to do. nack: the queue refused it (RabbitMQ). A request that is wrong in itself is never sent again.',
  ).prefault('all'),
  budget: budget.optional(),
}).meta({ description: 'What the client does when an answer does not come in time.' }).prefault({});
