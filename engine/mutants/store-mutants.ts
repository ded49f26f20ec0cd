import { defineMutants } from './mutant.js';

/** Programs that keep a database beside the queue. */
export const storeMutants = defineMutants([
  {
    name: 'relay-marks-before-publish', where: 'sim/workload/outbox-relay.ts', invariant: 'row-and-message',
    mistake: 'The relay of an outbox takes a message out before it publishes it: when it dies between the two, the row is there and its message never comes.',
    source: 'Transactional outbox: the relay has to mark after the broker confirmed, and so publishes at least once.',
    needs: 'an outbox, and a crash of its relay',
  },
  {
    name: 'inbox-row-apart', where: 'sim/workload/effects.ts', invariant: 'exactly-once-effects', alsoCaughtBy: ['at-most-once-effects'],
    mistake: 'A consumer notes the id of a message in a transaction of its own, after the effect: when it dies between the two, the redelivery has the effect again.',
    source: 'Inbox tables in another database than the effect, or check-then-act with a cache (SETNX).',
    needs: 'an inbox, and a crash of the consumer',
  },
]);
