import { defineMutants } from './mutant.js';

/** Message groups, deduplication, stale handles, polls and fairness. */
export const groupMutants = defineMutants([
  {
    name: 'group-taken-from-behind', where: 'engine/queue/receiver.ts', invariant: 'group-fifo',
    mistake: 'A receive begins with the second message of a group where there is one.',
    source: 'An index that is off by one; shards that are read without the lock of the group.',
    needs: 'a FIFO queue with several messages in a group',
  },
  {
    name: 'group-opens-at-first-delete', where: 'engine/queue/queue.ts', invariant: 'group-head-blocks',
    mistake: 'When the first message of a batch is deleted the group is open, though others of the batch are in flight.',
    source: 'SQS keeps the group closed until all that is in flight before a message is deleted or visible (recorded against the service).',
    needs: 'a FIFO queue, batches of one group deleted one by one, and more messages behind them',
  },
  {
    name: 'group-turns-ignored', where: 'engine/client/producer-client.ts', invariant: 'producer-order',
    mistake: 'A producer sends the next message of a group before it knows the fate of the last.',
    source: 'Several requests in flight and retries: the order that the queue keeps is that of arrival.',
    needs: 'a FIFO queue, retries, several sends of one group',
  },
  {
    name: 'deduplication-forgotten-at-delete', where: 'engine/queue/transitions.ts', invariant: 'fifo-dedup-window',
    mistake: 'A deduplication id is forgotten when its message is deleted.',
    source: 'SQS remembers it for five minutes, whatever happens to the message (recorded against the service).',
    needs: 'a FIFO queue, and retries that arrive after the message was handled',
  },
  {
    name: 'expired-handle-accepted', where: 'engine/queue/handle-check.ts', invariant: 'stale-handle-table',
    mistake: 'A FIFO queue deletes by a handle whose lease has ended.',
    source: 'What a standard queue does (recorded against SQS), in a FIFO queue.',
    needs: 'a FIFO queue, and handlers that are slower than the lease',
  },
  {
    name: 'acknowledged-by-message-id', where: 'engine/queue/handle-check.ts', invariant: 'zombie-ack-safe',
    mistake: 'Of a handle only the message id is looked at: an old holder takes the message away from its new one.',
    source: 'Acknowledgement by message id, as XACK does it in Redis Streams.',
    needs: 'a FIFO queue, and handlers that are slower than the lease',
  },
  {
    name: 'freed-group-does-not-wake', where: 'engine/queue/queue.ts', invariant: 'longpoll-contract', alsoCaughtBy: ['lease-expiry-live', 'drains'],
    mistake: 'A long poll is not woken when a delete opens a group.',
    source: 'Waiters that are woken by arrivals and timeouts, and by nothing else.',
    needs: 'a FIFO queue with few groups, and consumers that wait',
  },
  {
    name: 'poll-cut-short', where: 'engine/broker/receive-operation.ts', invariant: 'longpoll-contract',
    mistake: 'A long poll that finds nothing ends after half of the time it asked for.',
    source: 'A timeout of the server, or of something between it and the client, that is shorter than the wait.',
    needs: 'long polls that find nothing',
  },
  {
    name: 'one-in-flight-too-many', where: 'engine/queue/receiver.ts', invariant: 'inflight-cap',
    mistake: 'The limit of messages in flight is compared with <= instead of <.',
    source: 'The off-by-one that every limit can have.',
    needs: 'a small limit of messages in flight',
  },
  {
    name: 'retention-restarts-at-move', where: 'engine/queue/transitions.ts', invariant: 'dlq-identity',
    mistake: "A dead letter of a standard queue is kept for its new queue's whole retention period from the move on.",
    source: 'SQS counts from the first send in standard queues, and from the move in FIFO queues.',
    needs: 'a dead-letter queue with a short retention period',
  },
  {
    name: 'fair-queue-is-not', where: 'engine/queue/queues.ts', invariant: 'fair-dwell',
    mistake: 'Fairness is a setting that is accepted and changes nothing.',
    source: 'A feature whose flag nobody reads.',
    needs: 'a fair queue with a noisy group and a quiet one',
  },
]);
