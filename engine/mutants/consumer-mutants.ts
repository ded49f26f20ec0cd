import { defineMutants } from './mutant.js';

/** The consuming side of the client library, and what handlers are given. */
export const consumerMutants = defineMutants([
  {
    name: 'acknowledge-after-work', where: 'engine/client/consumer-client.ts', invariant: 'at-most-once-effects',
    mistake: 'A consumer that should acknowledge before it processes does so afterwards.',
    source: 'An acknowledgement mode whose name says little, set the wrong way round.',
    needs: 'an ack-first consumer that crashes or is slower than its lease',
  },
  {
    name: 'coarse-deduplication-id', where: 'engine/client/consumer-client.ts', invariant: 'exactly-once-effects',
    mistake: 'The id that a handler remembers is too coarse, like a time in seconds: of messages that share one, all but the first pass for repetitions.',
    source: 'Deduplication by a timestamp or a truncated hash.',
    needs: 'an idempotent handler',
  },
  {
    name: 'acknowledge-before-work', where: 'engine/client/consumer-client.ts', invariant: 'exactly-once-effects',
    mistake: 'A consumer that should acknowledge after its work does so before: what it loses in a crash, or fails at, is gone.',
    source: 'Automatic acknowledgement in AMQP clients; Kafka\'s auto-commit with a worker pool behind the poll loop.',
    needs: 'an idempotent handler that fails, or whose machine crashes',
  },
  {
    name: 'deduplicate-by-copy', where: 'engine/client/consumer-client.ts', invariant: 'exactly-once-effects',
    alsoCaughtBy: ['at-most-once-effects'],
    mistake: 'A handler remembers the broker\'s message id, which is another for each copy that the retries of a send have stored.',
    source: 'Deduplication by SQS MessageId, where the producer\'s own id is needed.',
    needs: 'an idempotent handler, and sends that are tried again after they were stored',
  },
  {
    name: 'unanswered-ack-taken-for-done', where: 'engine/client/settler.ts', invariant: 'acked-not-redelivered',
    mistake: 'When its attempts are used up, an acknowledgement is reported as done.',
    source: 'Acknowledgements that nobody waits for: a response that is dropped, an error that is logged.',
    needs: 'acknowledgements that do not reach the broker while leases go on',
  },
  {
    name: 'newest-worked-first', where: 'engine/client/consumer-client.ts', invariant: 'group-effects-in-order',
    mistake: 'Of the messages that wait in a consumer it takes the one that came last.',
    source: 'A stack where a queue was meant: work pools and channels that hand out what was put in last.',
    needs: 'a FIFO queue, and a consumer that receives several messages at a time and works on one',
  },
  {
    name: 'group-goes-on-behind-failure', where: 'engine/client/consumer-client.ts', invariant: 'group-effects-in-order',
    mistake: 'When a message fails the consumer goes on with the next one of its group that it holds.',
    source: 'Batches of FIFO queues of which the failed entries alone are reported: AWS Lambda asks to stop at the first failure.',
    needs: 'a FIFO queue, consumers that keep the order of groups and receive several messages at a time, and handlings that fail',
  },
  {
    name: 'poll-lost-for-good', where: 'engine/client/consumer-client.ts', invariant: 'drains',
    mistake: 'A poll whose connection was lost stays under way for ever: the consumer connects again and asks for nothing more.',
    source: 'Clients that restore the connection and forget the subscription on it; consumers that look healthy and sit idle after a broker restart.',
    needs: 'connections that are lost while consumers wait for messages',
  },
]);
