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
    name: 'retry-delay-ignored', where: 'engine/queue/push-transitions.ts', invariant: 'not-before-delay',
    mistake: 'A message that comes back is handed out again at once, though its queue delays retries.',
    source: 'A delay that is computed and written down, and then not looked at.',
    needs: 'a quorum queue with delayed retries, and negative acknowledgements',
  },
]);
