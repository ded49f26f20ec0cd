import { defineMutants } from './mutant.js';

/** The log: what reaches the disk before it counts, and what is believed of it afterwards. */
export const logMutants = defineMutants([
  {
    name: 'failed-sync-retried', where: 'engine/log/syncer.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['exactly-once-effects'],
    mistake: 'A sync that failed is tried again, and its second success is believed: the pages that the first one dropped count as clean.',
    source: 'PostgreSQL before 11.2, 10.7 and 9.6.12 ("fsyncgate"): after EIO Linux marks pages clean, and the next fsync succeeds.',
    needs: 'a failed sync under load, and a power loss after it',
  },
  {
    name: 'sync-not-awaited', where: 'engine/log/group-commit.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['exactly-once-effects'],
    mistake: 'The log asks for a sync and counts its records as durable without waiting for it to end.',
    source: 'An asynchronous flush whose completion nobody awaits: a promise without an await, a thread without a join.',
    needs: 'a power loss of the broker under load',
  },
  {
    name: 'write-error-ignored', where: 'engine/log/group-commit.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['exactly-once-effects'],
    mistake: 'The error of a write is not looked at: what did not fit on a full disk counts as written.',
    source: 'Unchecked results of write are the commonest fault that file system studies find (Gunawi et al., "EIO: Error Handling is Occasionally Correct", FAST 2008).',
    needs: 'a full disk or failing writes under load, and a restart of the broker',
  },
  {
    name: 'directory-not-synced', where: 'engine/log/create-segment.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['exactly-once-effects'],
    mistake: 'The folder is not synced after a new segment file was made: the file is durable and its name is not.',
    source: 'Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014): the lost directory entry of a new file, found in several databases.',
    needs: 'small segments, and a power loss of the broker under load',
  },
  {
    name: 'checksum-not-checked', where: 'engine/log/segment-scanner.ts', invariant: 'no-phantom',
    mistake: 'Recovery does not compare checksums: what a disk damaged is served as it is.',
    source: 'Ganesan et al., "Redundancy Does Not Imply Fault Tolerance" (FAST 2017): distributed stores that serve what a disk corrupted.',
    needs: 'bit rot in stored bodies, and a restart of the broker',
  },
  {
    name: 'torn-tail-accepted', where: 'engine/log/segment-scanner.ts', invariant: 'no-phantom',
    mistake: 'The last batch of the log is believed because it is as long as it says, although half of it was never written.',
    source: 'Logs whose records have a length and no checksum; FoundationDB and TigerBeetle simulate torn writes for that.',
    needs: 'bodies of several pages, and a power loss of the broker under load',
  },
  {
    name: 'interval-never-synced', where: 'engine/log/group-commit.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['exactly-once-effects'],
    mistake: 'With `flush: interval` the timer of the sync is armed after a sync has ended, and so never for the first time: nothing is synced.',
    source: 'A sync that comes much later than its users think, or never: NATS JetStream syncs every two minutes by default (Jepsen, 2025-12-08).',
    needs: '`flush: interval`, messages that lie for longer than the interval, and a power loss of the broker',
  },
  {
    name: 'bad-batch-ends-log', where: 'engine/log/segment-recovery.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['exactly-once-effects', 'dlq-conservation'],
    mistake: 'Recovery takes the first batch that is damaged for the torn end of the log, whatever follows, and says nothing.',
    source: 'Write-ahead logs that stop at the first bad checksum: crash and corruption taken for the same thing (Alagappan et al., "Protocol-Aware Recovery for Consensus-Based Storage", FAST 2018).',
    needs: 'bit rot in the middle of the log, and a restart of the broker',
  },
  {
    name: 'last-block-dropped', where: 'engine/log/segment-recovery.ts', invariant: 'acked-send-not-lost',
    alsoCaughtBy: ['acked-not-redelivered', 'count-exact', 'lease-not-early', 'dlq-conservation', 'exactly-once-effects'],
    mistake: 'Recovery reads the log in whole blocks and leaves out the last one, which is not full.',
    source: 'The other half of torn-tail handling: a valid tail that is cut off with the torn one.',
    needs: 'a restart of the broker with acknowledged messages in its queues',
  },
]);
