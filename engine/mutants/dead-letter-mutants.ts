import { defineMutants } from './mutant.js';

/** The way to the dead-letter queue: when, how often, and whole. */
export const deadLetterMutants = defineMutants([
  {
    name: 'one-delivery-too-many', where: 'engine/queue/receiver.ts', invariant: 'max-deliveries',
    mistake: 'The maximum receive count is compared with > instead of >=.',
    source: 'The off-by-one that every implementation of maxReceiveCount can have; RabbitMQ delivers one time more than its limit by design.',
    needs: 'a dead-letter queue and a poison message',
  },
  {
    name: 'dead-letter-on-timeout', where: 'engine/queue/queue.ts', invariant: 'dlq-exact-trigger',
    mistake: 'A message moves to the dead-letter queue when its last lease ends, not when it would be received once more.',
    source: 'SQS moves at the receive attempt beyond the limit: without pollers nothing moves (recorded against the service).',
    needs: 'a dead-letter queue and a poison message',
  },
  {
    name: 'dead-letter-copied-twice', where: 'engine/queue/transitions.ts', invariant: 'dlq-conservation',
    mistake: 'The transfer to the dead-letter queue is retried after a lost confirmation: a second copy is stored there.',
    source: 'At-least-once dead-lettering (RabbitMQ quorum queues) where a move is promised.',
    needs: 'a dead-letter queue and a poison message',
  },
  {
    name: 'one-delivery-too-few', where: 'engine/queue/receiver.ts', invariant: 'dlq-exact-trigger',
    mistake: 'A message moves to the dead-letter queue one delivery too early.',
    source: 'A limit (maxReceiveCount) counted from the receive that is being asked for, not from those that were answered.',
    needs: 'a dead-letter queue and a poison message',
  },
  {
    name: 'dead-letter-in-two-steps', where: 'engine/queue/transitions.ts', invariant: 'dlq-conservation',
    alsoCaughtBy: ['acked-send-not-lost', 'exactly-once-effects', 'count-exact', 'lease-not-early'],
    mistake: 'A move to the dead-letter queue is written as two records, a moment apart; a crash between them leaves the message in neither queue.',
    source: 'RabbitMQ dead-letters at most once by default: out of one queue, then published to the other without a confirm.',
    needs: 'a crash of the broker within a moment after a message was dead-lettered',
  },
  {
    name: 'count-restarts-in-dead-letter-queue', where: 'engine/queue/transitions.ts', invariant: 'count-exact',
    mistake: 'In the dead-letter queue the delivery count begins at zero.',
    source: 'SQS: ApproximateReceiveCount goes on in the dead-letter queue (recorded against the service); emulators restart it.',
    needs: 'a dead-letter queue with a consumer',
  },
]);
