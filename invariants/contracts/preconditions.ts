/** What has to be known beside configuration and fault before it can be said whether an acknowledged send may be lost. */
export interface Precondition {
  /** The acknowledged sends are kept as long as this is so. */
  readonly keptWhile: string;
  /** How they are lost otherwise. */
  readonly otherwise: string;
}

/** The cells of the durability matrix that are neither a plain yes nor a plain no. */
export const PRECONDITIONS = {
  'not-last-replica-standing': {
    keptWhile: 'a replica that lost power is not electable until it caught up: eligible leader replicas are on (KIP-966, the default of clusters created since 4.1), or other in-sync replicas are left',
    otherwise: 'The in-sync set shrinks to the leader, the leader loses what it had not synced, is elected again, and acknowledged records are gone.',
  },
  'no-other-leader': {
    keptWhile: 'the crashed leader is elected again: its page cache has the record',
    otherwise: 'A replica without the record is elected, and the old leader truncates its log to agree.',
  },
  'synced-before-confirm': {
    keptWhile: 'a majority had synced the record before it was confirmed, as quorum queues do and streams do not',
    otherwise: 'The confirmed record was in page caches alone, and all of them are lost.',
  },
  'another-in-sync-replica': {
    keptWhile: 'the in-sync set has another member than the leader',
    otherwise: 'With min.insync.replicas=1 the leader acknowledged alone what it then loses.',
  },
  'no-metadata-merge': {
    keptWhile: 'the minority pauses instead of being merged: it is unavailable and keeps what it confirmed',
    otherwise: 'Up to 4.2, autoheal and ignore let both sides go on, and one of them is thrown away.',
  },
  'synced-within-a-second': {
    keptWhile: 'the send was acknowledged more than a second before the power went (appendfsync everysec)',
    otherwise: 'What was appended since the last sync is gone.',
  },
  'replicated-before-failover': {
    keptWhile: 'the promoted replica had received the write',
    otherwise: 'Replication is asynchronous: a replica without the write becomes the primary.',
  },
} as const satisfies Readonly<Record<string, Precondition>>;

export type PreconditionId = keyof typeof PRECONDITIONS;
