import { PUSH_SETTING_NAMES, type PushPolicy, type PushSettings } from './push-settings.js';

/** The kinds of queues. A personality has some of them and says what each does, see {@link QueuePolicy}. */
export type QueueKind = 'standard' | 'fifo' | 'classic' | 'quorum';

/** What an operator sets for one queue. Durations in integer microseconds. */
export interface QueueSettings {
  /** For the life of the queue. */
  readonly kind: QueueKind;
  /** How long a delivery is leased when the receive does not say: 0 to 12 hours. */
  readonly visibilityTimeoutMicros: number;
  /** A message is first delivered this long after its send when the send does not say: 0 to 15 minutes. */
  readonly delayMicros: number;
  /** A message is dropped this long after its send (wall clock), whatever its state: 1 minute to 14 days. */
  readonly retentionMicros: number;
  /** How long a receive waits when it does not say: 0 to 20 seconds. */
  readonly receiveWaitMicros: number;
  /** Largest body accepted: 1 KiB to 1 MiB. */
  readonly maxMessageBytes: number;
  /** Where messages go that were received too often. Null: nowhere, they are delivered without end. */
  readonly deadLetter: DeadLetterSettings | null;
  /** Which queues may name this one as their dead-letter queue. */
  readonly redriveAllow: RedriveAllowSettings;
  /** Deliveries leased at the same time at most. */
  readonly maxInFlight: number;
  /** A send without a deduplication id gets one that is made of its body (SHA-256). For queues that deduplicate. */
  readonly contentBasedDeduplication: boolean;
  /** Among which messages a deduplication id is looked for. As it was when the queue was created: SQS ignores a later change. */
  readonly deduplicationScope: 'queue' | 'messageGroup';
  /** What shares the quota of {@link quotaPerSecond}: all requests of a kind, or the sends of a message group. */
  readonly throughputLimit: 'perQueue' | 'perMessageGroupId';
  /** Messages of quiet groups are delivered before those of groups that hold most of what is in flight. For queues without order. */
  readonly isFair: boolean;
  /** The storage servers that a queue without order is spread over, with their mistakes. Null: one server without mistakes. */
  readonly replicas: ReplicaSettings | null;
  /** Requests of one kind in a second, beyond which they are throttled. Left out or null: any number, as far as the processor goes (SQS: 300 for FIFO queues without high throughput). */
  readonly quotaPerSecond?: number | null;
  /** What an acknowledgement with a superseded handle does. Left out: what the policy of the queue's kind says. */
  readonly supersededSettle?: QueuePolicy['supersededSettle'];
  /** What a change of the lease does when it has ended. Left out: what the policy says of handles whose lease has ended. */
  readonly expiredChange?: QueuePolicy['expiredHandle'];
  /** In groups: among how many of the oldest messages a receive looks for a free group. Left out: as the policy says. As it was when the queue was created. */
  readonly lookAhead?: number;
  /** How long a purge, or the deletion of the queue, takes: it works as ever until then, and what is sent meanwhile goes with the rest. Left out: no time. */
  readonly removalMicros?: number;
  /** In groups: one answer to a receive whose timeout is 0 holds the same message again, as long as it asked for more. Left out: each once. */
  readonly repeatsAtZeroTimeout?: boolean;
  /** How long it takes until other attributes hold, and another retention: until then the old ones do. Left out: no time. */
  readonly attributesTakeMicros?: number;
  readonly retentionTakesMicros?: number;
  /** Of a queue that pushes its messages to consumers; left out: clients ask for them. */
  readonly push?: PushSettings;
}

export interface DeadLetterSettings {
  /** Name of the dead-letter queue; it must exist when the first message moves. */
  readonly queue: string;
  /** A message is delivered at most this many times (1 to 1000); the next receive attempt moves it. */
  readonly maxReceiveCount: number;
}

export interface RedriveAllowSettings {
  readonly permission: 'allowAll' | 'denyAll' | 'byQueue';
  /** For `byQueue`: names of queues, at most ten. */
  readonly sources: readonly string[];
}

/** How the storage servers of a queue differ for a while. All chances are probabilities from 0 to 1. */
export interface ReplicaSettings {
  /** Servers that the messages are spread over: 1 to 64. */
  readonly servers: number;
  /** Servers that a short poll asks; a long poll asks all. */
  readonly sampled: number;
  /** How likely one receive of a message stays unknown to another server, which may then deliver it, too. */
  readonly missedReceive: number;
  /** For how long such a server stays behind. */
  readonly staleMicros: number;
  /** How likely a long poll does not hear one of the servers: it stays without what that one has, even if it waits to its end. */
  readonly missedPoll: number;
  /** How likely a delete does not reach one server; it delivers the message again when the visibility timeout is over there. */
  readonly missedDelete: number;
  /** How old the counters may be that the queue tells. */
  readonly counterAgeMicros: number;
}

/**
 * What a kind of queue does where kinds and systems differ. A personality chooses; the queue never asks which personality it serves.
 */
export interface QueuePolicy {
  /** `arrival`: whatever is ready may be delivered. `groups`: in order within each message group, of which all messages belong to one. */
  readonly order: 'arrival' | 'groups';
  /** Where a message that becomes ready again joins the ready messages. In groups it keeps its place. */
  readonly redelivery: 'head' | 'tail';
  /** What an acknowledgement with a superseded handle does: nothing (yet it is answered with success), or it settles the message. */
  readonly supersededSettle: 'settles' | 'ignored';
  /** What a handle can still do when its lease has ended: what a current one can, or nothing. */
  readonly expiredHandle: 'accepted' | 'refused';
  /** So long after a receive with a timeout of 0 its handle still settles, though no lease ever ran. Left out: not at all, where handles whose lease has ended are refused. */
  readonly settleWithoutLeaseMicros?: number;
  /** What a short poll hears at the limit of messages in flight: an error, or that there is nothing. */
  readonly atMaxInFlight: 'refused' | 'empty';
  /** No lease lasts longer than this after its receive, however often it is extended. */
  readonly maxLeaseMicros: number;
  /** A deduplication id is remembered for this long after the first send with it. Null: nothing is deduplicated. */
  readonly deduplicationWindowMicros: number | null;
  /** Whether a single message may have a delay of its own. */
  readonly messageDelay: 'allowed' | 'refused';
  /** What a new delay of the queue means for messages that are delayed already. */
  readonly delayChange: 'for-new' | 'for-all';
  /** From when a dead letter's retention counts. */
  readonly deadLetterAge: 'kept' | 'restarts';
  /** In groups: only among so many of the oldest messages a receive looks for a group that is free. */
  readonly lookAhead: number;
  /** A receive that is repeated with the same attempt id within this time gets the same answer. Null: there are no attempt ids. */
  readonly attemptWindowMicros: number | null;
  /** How it pushes messages to consumers, which hold them until their channel ends; left out: clients ask for them and hold them until a deadline. */
  readonly push?: PushPolicy;
}

/** What each kind of queue does. */
export type QueuePolicies = Readonly<Partial<Record<QueueKind, QueuePolicy>>>;

/** A personality has a policy for every kind that it lets anyone create; without one the journal is another personality's. */
export function policyOf(policies: QueuePolicies, kind: QueueKind): QueuePolicy {
  const policy = policies[kind];
  if (policy === undefined) throw new QueueKindError(kind);
  return policy;
}

/** Thrown for a queue of a kind that the node's personality does not have: its journal was written by another. */
export class QueueKindError extends Error {
  readonly code = 'QL_QUEUE_KIND';
  constructor(kind: string) {
    super(`This personality has no ${kind} queues; the journal, or the configuration, is another's.`);
    this.name = 'QueueKindError';
  }
}

export function sameSettings(left: QueueSettings, right: QueueSettings): boolean {
  return JSON.stringify(left, FIELDS) === JSON.stringify(right, FIELDS);
}

/** The first setting, in the order of {@link QueueSettings}, in which two queues differ; null for none. */
export function firstDifference(left: QueueSettings, right: QueueSettings): keyof QueueSettings | null {
  for (const field of SETTING_NAMES) {
    if (JSON.stringify(left[field]) !== JSON.stringify(right[field])) return field;
  }
  return null;
}

/** Every setting. */
export const SETTING_NAMES = [
  'kind', 'visibilityTimeoutMicros', 'delayMicros', 'retentionMicros', 'receiveWaitMicros', 'maxMessageBytes', 'deadLetter', 'redriveAllow',
  'maxInFlight', 'contentBasedDeduplication', 'deduplicationScope', 'throughputLimit', 'isFair', 'replicas', 'quotaPerSecond', 'supersededSettle', 'expiredChange', 'lookAhead', 'removalMicros',
  'attributesTakeMicros', 'retentionTakesMicros', 'repeatsAtZeroTimeout',
  'push',
] as const satisfies readonly (keyof QueueSettings)[];

/** Fixes the order of fields when settings are compared as text, the inner ones included. */
const FIELDS: string[] = [
  ...SETTING_NAMES, 'queue', 'maxReceiveCount', 'permission', 'sources',
  'servers', 'sampled', 'missedReceive', 'staleMicros', 'missedPoll', 'missedDelete', 'counterAgeMicros', ...PUSH_SETTING_NAMES, 'type', 'minMicros', 'maxMicros',
];
