import * as z from 'zod';
import { COUNT, DURATION } from '../quantities/index.js';
import { plainRetry } from './client-parts.js';
import { quantity } from './quantity.js';
import { SQS, SQS_LIMITS } from './sqs-limits.js';
import { policyFields } from './policy-section.js';
import { flag, name, queueName } from './word.js';

const MAX_ACTIONS = 100;
const MAX_DEPTH = 10_000_000;

const watch = z.strictObject({
  queue: queueName('The queue, one of `queues`.'),
  atLeast: quantity(COUNT, { min: 1, max: MAX_DEPTH, description: 'An alert is raised when this many messages are ready in it, and again when it was less in between.' }),
  every: quantity(DURATION, { above: 0, description: 'How often it looks.' }).prefault('10s'),
}).meta({ description: 'A queue to look at every so often, with an alert. Without this it watches nothing.' });

const time = {
  at: quantity(DURATION, { min: 0, description: 'When it is done, from the start of the run.' }).optional(),
  afterAlert: quantity(DURATION, { min: 0, description: 'Or: how long after the first alert of `watch` it is done.' }).optional(),
};

const redrive = z.strictObject({
  do: z.literal('redrive'),
  queue: queueName('The dead-letter queue whose messages are moved, as new messages.'),
  to: queueName('Where they are moved. Without this: each to the queue it came from.').optional(),
  rate: quantity(COUNT, {
    ...SQS_LIMITS.moveTaskRatePerSecond,
    because: SQS,
    description: 'Messages moved in a second at most.',
  }).prefault(String(SQS_LIMITS.moveTaskRatePerSecond.max)),
  ...time,
}).meta({ description: 'Starts a message move task.' });

const cancelRedrive = z.strictObject({
  do: z.literal('cancel-redrive'),
  queue: queueName('The dead-letter queue whose message move task is cancelled. What was moved stays moved.'),
  ...time,
}).meta({ description: 'Cancels a message move task.' });

const purge = z.strictObject({
  do: z.literal('purge'),
  queue: queueName('The queue that is emptied: everything in it is dropped, what is in flight and delayed, too.'),
  ...time,
}).meta({ description: 'Drops everything that is in a queue.' });

const configure = z.strictObject({
  do: z.literal('configure'),
  queue: queueName('The queue that gets new settings.'),
  visibilityTimeout: quantity(DURATION, { ...SQS_LIMITS.visibilityTimeoutMicros, because: SQS, description: 'For the next receives.' }).optional(),
  delay: quantity(DURATION, { ...SQS_LIMITS.delayMicros, because: SQS, description: 'For new messages; in a FIFO queue for all.' }).optional(),
  retention: quantity(DURATION, { ...SQS_LIMITS.retentionMicros, because: SQS, description: 'For all messages, those that are there, too.' }).optional(),
  receiveWait: quantity(DURATION, { ...SQS_LIMITS.receiveWaitMicros, because: SQS, description: 'For the next receives.' }).optional(),
  ...time,
}).meta({ description: 'Sets attributes of a queue, in whole seconds. They hold at once, unless `attributesTake` or `retentionTakes` of the queue says otherwise.' });

const setPolicy = z.strictObject({
  do: z.literal('set-policy'),
  policy: name('The name of the policy; one that is there already gets other settings.'),
  ...policyFields,
  ...time,
}).meta({ description: 'RabbitMQ: sets a policy.' });

const clearPolicy = z.strictObject({
  do: z.literal('clear-policy'),
  policy: name('The name of the policy.'),
  operator: flag('It is an operator policy.').prefault(false),
  ...time,
}).meta({ description: 'RabbitMQ: clears a policy.' });

/** One entry of `operators:`. */
export const operatorSection = z.strictObject({
  watch: watch.optional(),
  actions: z.array(z.discriminatedUnion('do', [redrive, cancelRedrive, purge, configure, setPolicy, clearPolicy])).max(MAX_ACTIONS, `There are more than ${MAX_ACTIONS} actions`)
    .meta({ description: 'What it does, and when.' }).prefault([]),
  retry: plainRetry,
}).meta({ description: 'Somebody who looks after queues, on a machine of its own: watches one, raises an alert, redrives, purges, changes settings.' });
