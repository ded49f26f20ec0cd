import { defineMutants } from './mutant.js';

/** Checkpoints: snapshots of the queues that let old segments go. */
export const checkpointMutants = defineMutants([
  {
    name: 'checkpoint-not-synced', where: 'engine/log/checkpointing.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['dlq-conservation', 'exactly-once-effects'],
    mistake: 'A checkpoint is written and renamed without being synced: its name is durable and its content is not.',
    source: 'Rename without fsync, the empty files after a crash on ext4 (2009); Pillai et al., OSDI 2014.',
    needs: 'small segments, so that checkpoints are written, and a power loss of the broker soon after one',
  },
  {
    name: 'old-segments-removed-first', where: 'engine/log/checkpointing.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['dlq-conservation', 'exactly-once-effects'],
    mistake: 'The segments that a checkpoint makes superfluous are removed before the checkpoint is written.',
    source: 'NATS JetStream 2.10.20 to 2.10.22: a crash between snapshot and log lost the whole stream (fixed in 2.10.23).',
    needs: 'small segments, and a crash of the broker while a checkpoint is written',
  },
  {
    name: 'checkpoint-forgets-in-flight', where: 'engine/queue/snapshot.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['dlq-conservation', 'exactly-once-effects'],
    mistake: 'A checkpoint holds what is ready and delayed, and not what is leased.',
    source: 'Snapshots of a queue without its pending entries; Redis keeps them with the stream for that reason.',
    needs: 'small segments, messages in work, and a restart of the broker',
  },
  {
    name: 'checkpoint-off-by-one', where: 'engine/log/checkpointing.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['acked-not-redelivered', 'count-exact', 'lease-not-early', 'dlq-conservation', 'exactly-once-effects', 'max-deliveries'],
    mistake: 'A checkpoint claims one record more than it holds; that record is not read again.',
    source: 'Inclusive taken for exclusive: the off-by-one between last applied and next position that every snapshot protocol can have.',
    needs: 'small segments, and a restart of the broker',
  },
]);
