import { defineMutants } from './mutant.js';

/** Leases: how they begin, what they last, how they end, and what is counted. */
export const leaseMutants = defineMutants([
  {
    name: 'lease-handed-out-twice', where: 'engine/queue/queue.ts', invariant: 'lease-exclusive',
    mistake: 'Every eighth leased message stays in the reach of the next poll, which gets it under a second lease.',
    source: 'Two shards that both return a message; SQS names it as an anomaly of standard queues.',
    needs: 'two polls',
  },
  {
    name: 'extend-in-milliseconds', where: 'engine/queue/transitions.ts', invariant: 'lease-not-early',
    mistake: 'The timeout of an extension is taken for another unit: the lease ends a thousand times too early.',
    source: 'Seconds taken for milliseconds, between an API that speaks the one and an implementation that speaks the other.',
    needs: 'lease extensions',
  },
  {
    name: 'lease-timer-not-rearmed', where: 'engine/queue/queue.ts', invariant: 'lease-expiry-live',
    mistake: 'After the lease timer fired once it is never armed again: later leases do not end and their messages never return.',
    source: 'A timer that is lost, as at a change of leaders, with nobody who misses it.',
    needs: 'leases that run out twice, with pollers',
  },
  {
    name: 'release-resets-count', where: 'engine/queue/transitions.ts', invariant: 'count-exact',
    mistake: 'A negative acknowledgement sets the delivery count back to zero.',
    source: 'A counter that is reset with the lease, so that a message that is given back for ever is never dead-lettered.',
    needs: 'negative acknowledgements, no dead-letter queue',
  },
]);
