import { defineMutants } from './mutant.js';

/** The sending side of the client library. */
export const producerMutants = defineMutants([
  {
    name: 'retry-with-new-id', where: 'engine/client/producer-client.ts', invariant: 'no-phantom',
    alsoCaughtBy: ['acked-send-not-lost', 'exactly-once-effects'],
    mistake: 'Each attempt of a send gets an id of its own, so that nobody can tell a repeated message from a new one.',
    source: 'An idempotency key that is made where the request is built and not where it is decided on; Kafka producers with retries and without idempotence.',
    needs: 'sends that are tried again',
  },
  {
    name: 'timed-out-send-reported-failed', where: 'engine/client/producer-client.ts', invariant: 'nacked-send-absent',
    mistake: 'A send that was never answered is reported as failed, when nobody knows.',
    source: 'Jepsen counts such sends as indeterminate (info); libraries that raise a plain error for them make callers send again.',
    needs: 'replies that do not come back, and few attempts',
  },
  {
    name: 'service-error-taken-for-refusal', where: 'engine/client/producer-client.ts', invariant: 'nacked-send-absent',
    mistake: 'A send that was answered with HTTP 500 is reported as failed, when it may have been carried out.',
    source: 'Client code that takes every error answer for a refusal; a 5xx says that the service failed, not that it did nothing.',
    needs: 'requests that are carried out and answered with an error, and few attempts',
  },
  {
    name: 'unanswered-send-taken-for-done', where: 'engine/client/producer-client.ts', invariant: 'acked-send-not-lost',
    mistake: 'When its attempts are used up, a send is reported as done.',
    source: 'Fire and forget by accident: a retry loop that falls out at its end with success.',
    needs: 'requests that do not reach the broker, and few attempts',
  },
  {
    name: 'batch-failures-ignored', where: 'engine/client/producer-client.ts', invariant: 'acked-send-not-lost',
    mistake: 'A batch that was answered counts as sent, whatever the answer says of its entries.',
    source: 'SQS SendMessageBatch answers 200 with a list of failed entries; callers that look at the status alone lose them.',
    needs: 'batches with entries that are turned down',
  },
  {
    name: 'replies-matched-by-order', where: 'engine/client/session.ts', invariant: 'nacked-send-absent',
    alsoCaughtBy: ['acked-send-not-lost', 'acked-not-redelivered', 'exactly-once-effects'],
    mistake: 'An answer goes to the oldest request that waits, not to the one that it names: after one answer that is late or overtakes, all are mixed up.',
    source: 'The redis-py library before 4.5.3: a cancelled request left its answer to the next one (the ChatGPT incident of 2023-03-20).',
    needs: 'sends that are turned down among others, or answers that come after their timeout',
  },
]);
