import { defineMutants } from './mutant.js';

/** What quorum queues keep aside: dead letters until they are confirmed, and what comes back until its delay is over. */
export const quorumMutants = defineMutants([
  {
    name: 'removed-at-first-confirm', where: 'engine/queue/dead-letter-worker.ts', invariant: 'at-least-once-dlx',
    mistake: 'A dead letter leaves its queue when the first of several queues has confirmed it; the others may have refused it.',
    source: 'At-least-once dead-lettering (RabbitMQ: rabbit_fifo_dlx_worker) with one flag for a letter instead of one for each target.',
    needs: 'at-least-once dead-lettering into two queues, of which one refuses',
  },
  {
    name: 'dead-letters-not-awaited', where: 'engine/queue/dead-lettering.ts', invariant: 'at-least-once-dlx', alsoCaughtBy: ['acked-send-not-lost'],
    mistake: 'A queue that dead-letters at least once lets go of a message when it has published it, and does not wait for the confirm.',
    source: 'What RabbitMQ does by default, and silently where the queue drops its head instead of refusing.',
    needs: 'at-least-once dead-lettering',
  },
  {
    name: 'one-return-too-many', where: 'engine/queue/push-queue.ts', invariant: 'max-deliveries',
    mistake: 'A message that came back more often than its delivery limit allows is handed out once more.',
    source: 'A count of returns that is compared before the latest one is added to it.',
    needs: 'a quorum queue with a delivery limit and a poison message',
  },
  {
    name: 'one-return-too-few', where: 'engine/queue/push-queue.ts', invariant: 'dlq-exact-trigger',
    mistake: 'A message leaves when it came back as often as its delivery limit allows.',
    source: 'The delivery limit of quorum queues taken for SQS\'s maximum receive count: of deliveries, and not of returns.',
    needs: 'a quorum queue with a delivery limit and a poison message',
  },
  {
    name: 'nack-counted', where: 'engine/queue/push-queue.ts', invariant: 'dlq-exact-trigger',
    mistake: 'A negative acknowledgement counts towards the delivery limit, though it is no failure.',
    source: 'What RabbitMQ did before 4.3: acquired_count was compared with the limit, and not delivery_count.',
    needs: 'version 4.3, a quorum queue with a delivery limit, and messages that are negatively acknowledged more often than that',
  },
  {
    name: 'retry-delay-ignored', where: 'engine/queue/push-transitions.ts', invariant: 'not-before-delay',
    mistake: 'A message that comes back is handed out again at once, though its queue delays retries.',
    source: 'A delay that is computed and written down, and then not looked at.',
    needs: 'a quorum queue with delayed retries, and negative acknowledgements',
  },
  {
    name: 'given-back-first', where: 'engine/queue/push-queue.ts', invariant: 'requeue-position',
    mistake: 'What a consumer gives back to a quorum queue without a delivery limit is handed out again before all else.',
    source: 'What quorum queues with a delivery limit do, and what most expect of all: a message that always fails is then handed out for ever, and nothing else.',
    needs: 'a quorum queue with `deliveryLimit: unlimited`, and negative acknowledgements while others wait',
  },
  {
    name: 'normal-lane-starves', where: 'engine/queue/next-ready.ts', invariant: 'priority-respected',
    mistake: 'Messages of priority 5 and more come before all others, as long as there are any.',
    source: 'Strict priorities, as of classic queues and of quorum queues since RabbitMQ 4.3, where a quorum queue of versions 4.0 to 4.2 gives each third turn to the others.',
    needs: 'version 4.2, and a quorum queue in which messages of priority 5 and more and others wait',
  },
  {
    name: 'returns-by-age', where: 'engine/queue/next-ready.ts', invariant: 'requeue-position',
    mistake: 'What came back to a quorum queue is served by its age, and not in the order of coming back.',
    source: 'The place of a message in a classic queue taken for that in a quorum queue, which has a line of its own for what comes back.',
    needs: 'a quorum queue with a delivery limit, and several messages that came back and wait',
  },
]);
