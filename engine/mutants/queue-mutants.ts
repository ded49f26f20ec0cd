import { defineMutants } from './mutant.js';

/** What a queue stores, counts and forgets. */
export const queueMutants = defineMutants([
  {
    name: 'delete-not-journalled', where: 'engine/queue/transitions.ts', invariant: 'acked-not-redelivered',
    mistake: 'An acknowledgement changes memory only; after a restart the message is back.',
    source: 'The classic of lazily persisted consumer state: an acknowledgement that is confirmed before it is logged.',
    needs: 'a restart of the broker after acknowledgements',
  },
  {
    name: 'retention-forgets-in-flight', where: 'engine/queue/transitions.ts', invariant: 'message-ledger',
    mistake: 'When retention ends for a message in flight, the counter of messages in flight is not lowered.',
    source: 'SQS drops in-flight messages at the end of their retention, too (recorded against the service); an emulator forgets that easily.',
    needs: 'a lease that is longer than what is left of the retention period',
  },
  {
    name: 'delete-missed-by-replica', where: 'engine/queue/transitions.ts', invariant: 'acked-not-redelivered',
    mistake: 'The first delete of every sixteenth message is confirmed and carried out elsewhere: where messages are handed out, the message stays.',
    source: 'SQS standard queues: a delete that did not reach a server which was unavailable (Developer Guide, at-least-once delivery).',
    needs: 'acknowledgements',
  },
  {
    name: 'count-not-journalled', where: 'engine/queue/transitions.ts', invariant: 'count-exact',
    alsoCaughtBy: ['max-deliveries'],
    mistake: 'The delivery count is not written to the journal; a restart begins to count anew.',
    source: 'Attempt counters that live in memory: a poison message that kills its broker is never dead-lettered.',
    needs: 'a restart of the broker with messages in work',
  },
  {
    name: 'message-id-given-again', where: 'engine/queue/snapshot.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['lease-not-early', 'acked-not-redelivered', 'exactly-once-effects'],
    mistake: 'After a power loss took the newest records, their ids are given to new messages: a receipt handle from before then deletes another message.',
    source: 'Redis Streams: after a failover with a lost tail, ids repeat for different data.',
    needs: '`flush: interval` or `never`, a power loss, and consumers that still hold messages from before it',
  },
]);
