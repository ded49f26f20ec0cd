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
    name: 'second-taken-first', where: 'engine/queue/next-ready.ts', invariant: 'queue-fifo-first-delivery',
    mistake: 'Of two messages that were never handed out the second is taken first.',
    source: 'An index that is off by one; lanes of one queue that are read side by side.',
    needs: 'a classic queue with a backlog',
  },
  {
    name: 'length-limit-off-by-one', where: 'engine/queue/length-limit.ts', invariant: 'maxlen-ready',
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
  {
    name: 'confirmed-twice', where: 'engine/broker/channel/confirms.ts', invariant: 'confirm-exactly-once',
    mistake: 'The last of several publishes is confirmed together with the others, and then once more by itself.',
    source: 'Confirms that are sent again after a leader has changed; a counter that is advanced before and after the send.',
    needs: 'publishes with confirms',
  },
  {
    name: 'nack-covers-waiting', where: 'engine/broker/channel/confirms.ts', invariant: 'nacked-send-absent',
    mistake: 'A publish that a queue refuses is told together with all before it that wait for their confirm (multiple): their publisher takes them for refused, and they are in the queue.',
    source: 'Confirms and refusals that are gathered until one frame can say them (RabbitMQ: rabbit_channel, coalesce_and_send), where `multiple` stops short of the oldest that is neither.',
    needs: 'a queue that refuses at its limit (reject-publish), and publishes that wait for the journal',
  },
  {
    name: 'unknown-tag-ignored', where: 'engine/broker/channel/channel.ts', invariant: 'stale-handle-table',
    mistake: 'To acknowledge a delivery tag that the channel does not know has no effect, and the channel goes on.',
    source: 'An acknowledgement that is taken for a deletion, which may be repeated: so it is with SQS, and AMQP brokers that are written anew forget the error.',
    needs: 'a consumer that acknowledges some of its deliveries twice',
  },
  {
    name: 'redelivered-from-third', where: 'engine/broker/channel/delivery.ts', invariant: 'redelivered-flag',
    mistake: 'A message is marked as redelivered from its third delivery on.',
    source: 'A count of returns that is compared as if it were one of deliveries; a flag that lives in memory only.',
    needs: 'negative acknowledgements, or channels that end',
  },
  {
    name: 'lower-priority-first', where: 'engine/queue/next-ready.ts', invariant: 'priority-respected',
    mistake: 'A message of lower priority is handed out while one of higher priority is ready.',
    source: 'Priorities that are looked at when messages come, and not when they go.',
    needs: 'a classic queue with priorities and a backlog',
  },
  {
    name: 'two-active-consumers', where: 'engine/broker/channel/consumers.ts', invariant: 'sac-one-active',
    mistake: 'What the single active consumer cannot take goes to another.',
    source: 'A dispatcher that asks who has room before it asks whose turn it is.',
    needs: 'a queue with a single active consumer, another consumer, and more messages than the prefetch',
  },
  {
    name: 'deaths-appended', where: 'engine/queue/dead-lettering.ts', invariant: 'dl-reason-and-death-header',
    mistake: 'A message that dies in a queue for a reason for which it died there before gets another entry instead of a higher count.',
    source: 'What RabbitMQ did before 3.6.1.',
    needs: 'messages that are rejected again and again in queues that send their dead letters to each other',
  },
  {
    name: 'dead-letter-cycle-kept', where: 'engine/queue/dead-lettering.ts', invariant: 'dl-cycle-dropped',
    mistake: 'A message that expires goes round between queues for ever.',
    source: 'RabbitMQ drops it since 3.0: without that, one message keeps a broker busy until somebody notices.',
    needs: 'a queue whose dead letters come back to it by expiring',
  },
  {
    name: 'dropped-when-blocked', where: 'engine/broker/channel/connection.ts', invariant: 'backpressure-only',
    mistake: 'What a publisher sent before it heard that it is blocked is thrown away.',
    source: 'A buffer that is cleared when an alarm is over, as if its contents had been refused.',
    needs: 'a memory limit that is reached, and a publisher with several messages under way',
  },
]);
