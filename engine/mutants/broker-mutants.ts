import { defineMutants } from './mutant.js';

/** What the broker answers, and when. */
export const brokerMutants = defineMutants([
  {
    name: 'scribble-body', where: 'engine/broker/node.ts', invariant: 'no-phantom',
    mistake: 'A delivery shares its buffer with something else, which writes into it: every eighth message arrives with a changed byte.',
    source: 'Buffers given back to their pool while a reply still points to them.',
    needs: 'deliveries',
  },
  {
    name: 'reply-before-durable', where: 'engine/broker/send-operations.ts', invariant: 'acked-send-not-lost',
    mistake: 'The broker answers a send when it has appended the record, not when the record is durable.',
    source: 'NATS JetStream 2.12.1 confirms before it syncs (Jepsen, 2025-12-08).',
    needs: 'a power loss of the broker under load',
  },
  {
    name: 'store-before-validation', where: 'engine/broker/send-operations.ts', invariant: 'nacked-send-absent',
    mistake: 'A message is stored before its size is checked; the send is rejected and the message stays.',
    source: 'Kafka with an append before the check of in-sync replicas: an error that says "not stored", and a record that is.',
    needs: 'sends larger than the maximum message size',
  },
]);
