import { defineMutants } from './mutant.js';

/** Losses next to those that a setting allows: what is given away although the setting does not say so. */
export const durabilityMutants = defineMutants([
  {
    name: 'quorum-forgets-transient', where: 'engine/queue/push-queue.ts', invariant: 'acked-send-not-lost',
    mistake: 'A restart takes transient messages out of quorum queues, too.',
    source: 'The rule of classic queues applied to all: quorum queues keep whatever they take, with delivery mode 1 as with 2.',
    needs: 'a quorum queue, messages that are not persistent, and a restart of the broker while they wait',
  },
  {
    name: 'persistence-of-the-first', where: 'engine/queue/push-queue.ts', invariant: 'acked-send-not-lost',
    mistake: 'A restart takes a persistent message out of a durable queue because the first message there is transient.',
    source: 'Properties that are kept once for a batch of messages, and are those of the first of them.',
    needs: 'a classic queue to which persistent and transient messages come, and a restart of the broker while they wait',
  },
  {
    name: 'dead-letter-refused-early', where: 'engine/queue/length-limit.ts', invariant: 'acked-send-not-lost',
    mistake: 'A queue refuses dead letters when it is half full.',
    source: 'A limit that keeps room for publishers who wait for an answer, at the cost of those who do not.',
    needs: 'a queue that rejects what it has no room for, and to which another sends its dead letters, at most once',
  },
  {
    name: 'bytes-counted-twice', where: 'engine/queue/length-limit.ts', invariant: 'acked-send-not-lost',
    mistake: 'A message counts towards the limit in bytes with its body and again with the frame that holds it: a queue that rejects what is too much does so when it is half full, and those who asked for no confirm never hear of it.',
    source: 'The argument x-max-length-bytes of RabbitMQ counts bodies alone, without headers and overhead; what a message takes in memory or on disk is another figure.',
    needs: 'a classic queue with a limit in bytes that rejects publishes, and a producer without confirms',
  },
  {
    name: 'bindings-read-late', where: 'engine/broker/channel/publishing.ts', invariant: 'acked-send-not-lost', alsoCaughtBy: ['routed-by-bindings'],
    mistake: 'A broker takes publishes before it has read its bindings: the first ones after each start find no queue, and are confirmed.',
    source: 'Listeners that are opened before recovery is over.',
    needs: 'publishes that are not mandatory to a queue that is there',
  },
  {
    name: 'unconfirmed-thrown-away', where: 'engine/broker/channel/publishing.ts', invariant: 'acked-send-not-lost',
    mistake: 'A broker throws away some of the publishes of which no confirm was asked for, though it has room and nothing struck it.',
    source: 'Shedding load from those who would not notice.',
    needs: 'a producer without confirms',
  },
]);
