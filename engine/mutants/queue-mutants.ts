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
]);
