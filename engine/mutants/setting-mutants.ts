import { defineMutants } from './mutant.js';

/** Settings that are misread, and messages that go though nothing was set. */
export const settingMutants = defineMutants([
  {
    name: 'retention-halved', where: 'engine/queue/queue.ts', invariant: 'dropped-with-cause',
    mistake: 'Messages are dropped when half of the retention period of their queue is over, and the reason given is the end of that.',
    source: 'Expiry by the file that a message is in, which is as old as the oldest message in it (log segments, as of Kafka and RabbitMQ streams).',
    needs: 'messages that nobody takes before half of their retention period is over',
  },
  {
    name: 'ttl-halved', where: 'engine/queue/message-expiry.ts', invariant: 'dropped-with-cause',
    mistake: 'Messages expire when half of their time to live is over.',
    source: 'A setting that is read in the wrong unit, or twice.',
    needs: 'a queue that pushes and has a time to live, and messages that wait for longer than half of it',
  },
  {
    name: 'length-limit-halved', where: 'engine/queue/length-limit.ts', invariant: 'dropped-with-cause',
    mistake: 'A queue that drops its head does so above half of its length limit.',
    source: 'A limit that is compared with a count of something else.',
    needs: 'a queue that drops its head at a length limit, and messages that come faster than they are taken',
  },
  {
    name: 'purged-by-restart', where: 'engine/queue/push-queue.ts', invariant: 'dropped-with-cause',
    mistake: 'A restart drops every fourth message of a durable queue and calls it a purge.',
    source: 'Recovery that takes what it cannot place for rubbish.',
    needs: 'a queue that pushes, and a restart of the broker while messages wait',
  },
  {
    name: 'rejected-by-nobody', where: 'engine/broker/channel/channel.ts', invariant: 'dropped-with-cause',
    mistake: 'What a consumer gives back to be handed out again is taken for rejected.',
    source: 'The flag `requeue` of basic.nack and basic.reject that is not looked at.',
    needs: 'a queue that pushes, and consumers that give messages back',
  },
  {
    name: 'lease-tripled', where: 'engine/queue/misread.ts', invariant: 'extend-from-now',
    mistake: 'A receive leases messages for three times as long as it was asked to.',
    source: 'A timeout of the queue and one of the request that are both applied.',
    needs: 'consumers that receive',
  },
  {
    name: 'lease-too-short', where: 'engine/queue/misread.ts', invariant: 'extend-from-now',
    mistake: 'A receive leases messages for a third of the time that it was asked to.',
    source: 'The timeout of a request that is read in the wrong unit, or capped by another setting.',
    needs: 'consumers that receive',
  },
  {
    name: 'delay-doubled', where: 'engine/queue/sender.ts', invariant: 'not-before-delay',
    mistake: 'The delay of a message is twice as long as it was asked to be.',
    source: 'The delay of the queue added to that of the message instead of replaced by it.',
    needs: 'delayed messages',
  },
  {
    name: 'message-ttl-ignored', where: 'engine/queue/message-expiry.ts', invariant: 'not-after-ttl',
    mistake: 'The time to live of a message is ignored: only that of its queue counts.',
    source: 'The property `expiration`, which is a text in AMQP 0-9-1 and which some clients send as a number.',
    needs: 'messages with a time to live that wait for longer than that',
  },
  {
    name: 'shortest-ttl-for-all', where: 'engine/queue/message-expiry.ts', invariant: 'dropped-with-cause',
    mistake: 'The shortest time to live that any message brought counts for all messages of a queue.',
    source: 'One timer for a queue whose messages live for different times.',
    needs: 'messages with different times to live that wait for longer than the shortest',
  },
  {
    name: 'purge-lasts', where: 'engine/queue/push-queue.ts', invariant: 'dropped-with-cause',
    mistake: 'A purge goes on: what is sent after it is dropped, too.',
    source: 'A purge that is kept as a mark up to which messages are dropped, and a mark that moves.',
    needs: 'a queue that pushes, a purge, and messages that are sent after it',
  },
  {
    name: 'neighbour-rejected', where: 'engine/queue/push-queue.ts', invariant: 'dropped-with-cause',
    mistake: 'When a consumer rejects a message, the one behind it in the queue is dead-lettered or dropped, and the rejected one comes again.',
    source: 'A removal by place in the queue, after the message has been put back there.',
    needs: 'a queue that pushes, and consumers that reject messages while others wait',
  },
  {
    name: 'prefetch-doubled', where: 'engine/broker/channel/pushed-queue.ts', invariant: 'prefetch-bound',
    mistake: 'A consumer may hold twice as many messages as its prefetch.',
    source: 'The prefetch of the channel (`global`) and that of the consumer that are both granted.',
    needs: 'consumers with a prefetch, and more messages than they can hold',
  },
  {
    name: 'receive-limit-doubled', where: 'engine/queue/misread.ts', invariant: 'max-deliveries',
    mistake: 'A message may be received twice as often as the redrive policy says.',
    source: 'A count that only every second receive raises, as of receives by two replicas.',
    needs: 'a dead-letter rule, and a poison message',
  },
  {
    name: 'receive-limit-halved', where: 'engine/queue/misread.ts', invariant: 'dlq-exact-trigger',
    mistake: 'A message moves to the dead-letter queue after half of the receives that the redrive policy allows.',
    source: 'Receives that are counted when they are handed out and again when their lease ends.',
    needs: 'a dead-letter rule, and a poison message',
  },
  {
    name: 'delivery-limit-doubled', where: 'engine/queue/push-queue.ts', invariant: 'max-deliveries',
    mistake: 'A message may come back to a quorum queue twice as often as its delivery limit says.',
    source: 'A limit of a policy and one of an argument that are added, where the lower counts.',
    needs: 'a quorum queue with a delivery limit and a poison message',
  },
  {
    name: 'delivery-limit-halved', where: 'engine/queue/push-queue.ts', invariant: 'dlq-exact-trigger',
    mistake: 'A message leaves a quorum queue when it came back half as often as its delivery limit allows.',
    source: 'Returns that are counted when the channel ends and again when the message is ready.',
    needs: 'a quorum queue with a delivery limit and a poison message',
  },
  {
    name: 'deduplication-window-halved', where: 'engine/queue/misread.ts', invariant: 'fifo-dedup-window',
    mistake: 'A deduplication id is forgotten when half of its window is over.',
    source: 'A setting that is read in the wrong unit, or a sweep that takes the middle of a bucket for its end.',
    needs: 'a FIFO queue, and a send that is repeated after more than two and a half minutes',
  },
  {
    name: 'deduplication-window-doubled', where: 'engine/queue/misread.ts', invariant: 'fifo-dedup-window',
    mistake: 'A deduplication id is remembered for twice its window: a send after its end is swallowed.',
    source: 'A sweep that forgets only what is two windows old.',
    needs: 'a FIFO queue, and a send that is repeated after more than five minutes',
  },
  {
    name: 'upper-priorities-alike', where: 'engine/queue/next-ready.ts', invariant: 'priority-respected',
    mistake: 'Messages of priority 2 and above are served in the order in which they came.',
    source: 'Levels that are folded into fewer (RabbitMQ 4.0 to 4.2: all above 4 are alike in quorum queues).',
    needs: 'a queue with priorities of which several above 1 wait at a time',
  },
  {
    name: 'expires-halved', where: 'engine/broker/channel/queue-expiry.ts', invariant: 'dropped-with-cause',
    mistake: 'A queue that expires goes when nobody has used it for half of its time.',
    source: 'Two looks at a timer, each of which waits for half of the time.',
    needs: 'a queue that expires, with messages in it, whose consumers have stopped',
  },
  {
    name: 'wait-doubled', where: 'engine/broker/receive-operation.ts', invariant: 'longpoll-contract',
    mistake: 'A long poll that finds nothing waits for twice as long as it asked.',
    source: 'The wait of the request added to that of the queue, instead of replacing it.',
    needs: 'long polls that find nothing',
  },
  {
    name: 'flight-limit-doubled', where: 'engine/queue/misread.ts', invariant: 'inflight-cap',
    mistake: 'Twice as many messages may be in flight as the limit says.',
    source: 'A limit of each partition, or of each server, that is meant for the queue.',
    needs: 'more messages in flight than the limit of the queue',
  },
  {
    name: 'flight-limit-halved', where: 'engine/queue/misread.ts', invariant: 'lease-expiry-live', alsoCaughtBy: ['longpoll-contract'],
    mistake: 'A queue hands out nothing when half as many messages are in flight as may be.',
    source: 'Messages in flight that are counted on each of two servers.',
    needs: 'more messages in flight than half of the limit, and consumers that wait',
  },
]);
