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
    name: 'ttl-halved', where: 'engine/queue/push-queue.ts', invariant: 'dropped-with-cause',
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
]);
