import { defineMutants } from './mutant.js';

/** What lasts too long, ends too soon, or does not stay over. */
export const timeMutants = defineMutants([
  {
    name: 'delay-ends-with-lease', where: 'engine/queue/queue.ts', invariant: 'not-before-delay',
    mistake: 'The timer that serves leases and delays alike takes the first delayed message for due whenever a lease has ended.',
    source: 'One timer for several lists of deadlines, and a look at the head of the wrong one.',
    needs: 'delayed messages, and leases that run out meanwhile',
  },
  {
    name: 'retention-skips-received', where: 'engine/queue/queue.ts', invariant: 'not-after-ttl',
    mistake: 'The end of the retention period is looked for among messages that were never received: one that was received once is kept for ever.',
    source: 'Expiry that is checked when a message is stored or first comes to the head, and never again (classic queues check at the head alone).',
    needs: 'messages that are received again after their retention period',
  },
  {
    name: 'extension-added', where: 'engine/queue/queue.ts', invariant: 'extend-from-now',
    mistake: 'The timeout of an extension is added to what is left of the lease instead of replacing it.',
    source: 'ChangeMessageVisibility taken for an increment.',
    needs: 'lease extensions',
  },
  {
    name: 'lease-cap-not-checked', where: 'engine/queue/handle-check.ts', invariant: 'lease-cap',
    mistake: 'An extension is checked against the longest timeout of one request, not against the time since the receive.',
    source: 'SQS refuses what would end more than 12 hours after the receive; emulators look at the number alone.',
    needs: 'extensions that reach beyond twelve hours after a receive',
  },
  {
    name: 'drop-undone', where: 'engine/queue/transitions.ts', invariant: 'ledger-no-resurrect',
    mistake: 'Retention writes off a message and leaves it in the list of those that are ready.',
    source: 'Two indexes of the same messages, of which a purge or an expiry cleans one.',
    needs: 'ready messages whose retention period ends before somebody asks for them',
  },
]);
