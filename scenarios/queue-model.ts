import type { PushSpec } from './rabbitmq-model.js';

/** A queue of a scenario. */
export interface QueueSpec {
  readonly name: string;
  readonly visibilityTimeoutMicros: number;
  readonly delayMicros: number;
  readonly retentionMicros: number;
  readonly receiveWaitMicros: number;
  readonly maxMessageBytes: number;
  readonly deadLetter: { readonly queue: string; readonly maxReceiveCount: number } | null;
  /** What is left out below has the broker's default; the loader leaves nothing out. */
  readonly kind?: 'standard' | 'fifo';
  readonly contentBasedDeduplication?: boolean;
  readonly deduplicationScope?: 'queue' | 'messageGroup';
  readonly throughputLimit?: 'perQueue' | 'perMessageGroupId';
  readonly maxInFlight?: number;
  readonly isFair?: boolean;
  /** Requests of one kind in a second; left out: any number. */
  readonly quotaPerSecond?: number;
  /** Standard: what a delete with a superseded handle does. Left out: it settles. */
  readonly supersededSettle?: 'settles' | 'ignored';
  /** Standard: whether a lease that has ended can be changed. Left out: it can. */
  readonly expiredChange?: 'accepted' | 'refused';
  /** FIFO: among how many of the oldest messages a free group is looked for. Left out: 120 000. */
  readonly lookAhead?: number;
  /** How long a purge takes; left out: no time. */
  readonly removalMicros?: number;
  readonly repeatsAtZeroTimeout?: boolean;
  readonly attributesTakeMicros?: number;
  readonly retentionTakesMicros?: number;
  /** The storage servers of a standard queue, with their mistakes; null: one without. */
  readonly replicas?: ReplicaSpec | null;
  /** RabbitMQ: everything about the queue but its name. */
  readonly push?: PushSpec;
}

export interface ReplicaSpec {
  readonly servers: number;
  readonly sampled: number;
  /** Probabilities. */
  readonly missedReceive: number;
  readonly staleMicros: number;
  readonly missedPoll: number;
  readonly missedDelete: number;
  readonly counterAgeMicros: number;
}
