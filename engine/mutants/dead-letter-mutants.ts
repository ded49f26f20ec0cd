import { defineMutants } from './mutant.js';

/** The way to the dead-letter queue: when, how often, and whole. */
export const deadLetterMutants = defineMutants([
  {
    name: 'one-delivery-too-many', where: 'engine/queue/queue.ts', invariant: 'max-deliveries',
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
]);
