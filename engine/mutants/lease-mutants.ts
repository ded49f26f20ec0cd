import { defineMutants } from './mutant.js';

/** Leases: how they begin, what they last, how they end, and what is counted. */
export const leaseMutants = defineMutants([
  {
    name: 'lease-handed-out-twice', where: 'engine/queue/receiver.ts', invariant: 'lease-exclusive',
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
  {
    name: 'lease-forgotten-at-restart', where: 'engine/queue/replay.ts', invariant: 'lease-not-early',
    mistake: 'A restart makes every leased message ready: what a consumer works on is handed out again.',
    source: 'Leases that live in memory: RabbitMQ requeues whatever was unacknowledged, because a channel owns it; with timeouts it must not.',
    needs: 'a restart of the broker with messages in work',
  },
  {
    name: 'deadlines-not-rebased', where: 'engine/queue/queues.ts', invariant: 'lease-not-early', alsoCaughtBy: ['stale-handle-table'],
    mistake: 'Recovery counts the time of leases from zero and takes the result for times of this machine: they are over before they began.',
    source: 'Monotonic time stored on disk, whose origin is another after a reboot (CLOCK_MONOTONIC).',
    needs: 'a restart of the broker with messages in work',
  },
  {
    name: 'wall-clock-deadlines', where: 'engine/broker/broker.ts', invariant: 'lease-not-early',
    alsoCaughtBy: ['lease-expiry-live', 'lease-exclusive', 'message-ledger'],
    mistake: 'Leases, delays and waits are measured on the wall clock: when it is set forward, they end early.',
    source: 'Deadlines from the time of day, the mistake behind Go\'s monotonic time (Cloudflare\'s leap second of 2017-01-01).',
    needs: 'a clock of the broker that jumps while messages are in work',
  },
  {
    name: 'handles-age-together', where: 'engine/queue/handle-check.ts', invariant: 'stale-handle-table',
    mistake: 'How old a receipt handle is, is measured from the newest receive of its message: each further receive keeps all earlier handles alive.',
    source: 'One time of receipt for a message, where each receive has its own: SQS lets no handle do anything twelve hours after its receive.',
    needs: 'a standard queue, a lease that ends while its consumer works on for more than twelve hours, and a consumer that receives the message meanwhile',
  },
  {
    name: 'waiter-not-woken', where: 'engine/queue/queue.ts', invariant: 'lease-expiry-live', alsoCaughtBy: ['longpoll-contract'],
    mistake: 'A message that becomes ready because its lease ended, or was given back, does not wake the polls that wait.',
    source: 'The lost wake-up; in FIFO queues a group that stays blocked although its head is visible again.',
    needs: 'failing handlers, and consumers that wait in long polls',
  },
  {
    name: 'delay-does-not-wake', where: 'engine/queue/queue.ts', invariant: 'lease-expiry-live',
    mistake: 'A message whose delay is over does not wake the polls that wait.',
    source: 'The lost wake-up, in the path that is tested least.',
    needs: 'delayed messages, and consumers that wait in long polls',
  },
]);
