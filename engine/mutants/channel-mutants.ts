import { defineMutants } from './mutant.js';

/** Queues that push, consumers with a prefetch, returns and confirms. */
export const channelMutants = defineMutants([
  {
    name: 'prefetch-off-by-one', where: 'engine/broker/channel/pushed-queue.ts', invariant: 'prefetch-bound',
    mistake: 'A consumer that holds as many messages as its prefetch allows is given one more.',
    source: 'A comparison with the wrong sign of equality; a count that is kept for the channel instead of for each consumer.',
    needs: 'a consumer with a prefetch and more messages than that',
  },
  {
    name: 'requeued-at-tail', where: 'engine/queue/push-queue.ts', invariant: 'requeue-position',
    mistake: 'A message that comes back goes behind all others.',
    source: 'What RabbitMQ did before 2.7.0, and what its quorum queues without a delivery limit do still.',
    needs: 'negative acknowledgements, or channels that end, while a classic queue has a backlog',
  },
  {
    name: 'second-taken-first', where: 'engine/queue/push-queue.ts', invariant: 'queue-fifo-first-delivery',
    mistake: 'Of two messages that were never handed out the second is taken first.',
    source: 'An index that is off by one; lanes of one queue that are read side by side.',
    needs: 'a classic queue with a backlog',
  },
  {
    name: 'length-limit-off-by-one', where: 'engine/queue/push-queue.ts', invariant: 'maxlen-ready',
    mistake: 'A queue takes one message more than its length limit.',
    source: 'A limit that is checked before a message is counted, and not after.',
    needs: 'a queue with a length limit that is reached',
  },
  {
    name: 'returned-after-confirm', where: 'engine/broker/channel/publishing.ts', invariant: 'return-before-ack',
    mistake: 'A message that cannot be routed is confirmed, and comes back after that: its publisher has forgotten it by then.',
    source: 'RabbitMQ promises the order: the basic.return is sent before the basic.ack (publisher confirms).',
    needs: 'mandatory messages with a routing key for which there is no queue',
  },
]);
