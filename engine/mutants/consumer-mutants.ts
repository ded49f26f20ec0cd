import { defineMutants } from './mutant.js';

/** The consuming side of the client library, and what handlers are given. */
export const consumerMutants = defineMutants([
  {
    name: 'acknowledge-after-work', where: 'engine/client/consumer-client.ts', invariant: 'at-most-once-effects',
    mistake: 'A consumer that should acknowledge before it processes does so afterwards.',
    source: 'An acknowledgement mode whose name says little, set the wrong way round.',
    needs: 'an ack-first consumer that crashes or is slower than its lease',
  },
  {
    name: 'coarse-deduplication-id', where: 'engine/client/consumer-client.ts', invariant: 'exactly-once-effects',
    mistake: 'The id that a handler remembers is too coarse, like a time in seconds: of messages that share one, all but the first pass for repetitions.',
    source: 'Deduplication by a timestamp or a truncated hash.',
    needs: 'an idempotent handler',
  },
]);
