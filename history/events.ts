/**
 * The vocabulary of everything that can be observed in a run.
 *
 * An event is one row of numbers, so that recording it allocates nothing and folding it into the fingerprint is exact:
 *
 * | column    | meaning                                                                                        |
 * | --------- | ---------------------------------------------------------------------------------------------- |
 * | `time`    | true time of the world in integer microseconds (never a node's own clock)                      |
 * | `kind`    | one of {@link EventKind}                                                                       |
 * | `actor`   | name of the machine or client that acts                                                        |
 * | `peer`    | name of the other party: the consumer of a lease, the target queue of a move; 0 for none       |
 * | `dest`    | name of the queue, topic or link concerned; 0 for none                                         |
 * | `message` | the message's trace number: given by the producer once per send, kept over retries and copies  |
 * | `copy`    | the broker's message id: one per stored copy; 0 while nothing is stored                        |
 * | `a b c`   | three numbers whose meaning depends on the kind, see {@link EVENTS}                            |
 *
 * A send whose outcome is unknown may leave no copy or several; that is why a message and its copies have separate
 * identities. Spans of time are durations, never deadlines on some node's clock: the judge adds them to `time` itself.
 */
export const EventKind = {
  // Client operations: what was asked, and what the client knows of the outcome.
  sendInvoke: 1,
  sendAttempt: 2,
  sendOk: 3,
  sendFail: 4,
  sendInfo: 5,
  deliver: 6,
  handleStart: 7,
  handleEnd: 8,
  effect: 9,
  ackInvoke: 10,
  ackOk: 11,
  ackFail: 12,
  ackInfo: 13,
  extendInvoke: 14,
  extendOk: 15,
  extendFail: 16,
  extendInfo: 17,
  nackInvoke: 18,
  nackOk: 19,
  nackFail: 20,
  nackInfo: 21,
  pollWait: 22,
  pollEnd: 23,
  emptyReceive: 67,
  // The engine's own truth: what its state machine did.
  accept: 30,
  leaseGrant: 31,
  leaseExtend: 32,
  leaseExpire: 33,
  leaseRelease: 34,
  settle: 35,
  move: 36,
  drop: 37,
  ledger: 38,
  fsync: 39,
  // Life of nodes and queues.
  nodeStart: 40,
  nodeStop: 41,
  recoverBegin: 42,
  restore: 43,
  recoverEnd: 44,
  corruption: 45,
  // Queues with groups, deduplication, or several storage servers.
  place: 46,
  deduplicate: 47,
  reappear: 48,
  // Where the journal is synced every so often, and not before each reply.
  fsyncBegin: 54,
  // Channels and exchanges.
  returned: 24,
  // What a client does to protect itself and its broker.
  clientGuard: 25,
  // What a program writes into a database of its own.
  localWrite: 26,
  // Who looks after queues: what they see and do.
  alert: 27,
  operateInvoke: 28,
  operateEnd: 29,
  unroutable: 49,
  flaggedRedelivered: 57,
  strayConfirm: 58,
  deathHeader: 55,
  connectionBlocked: 56,
  connectionLost: 68,
  setAside: 59,
  // The experiment itself.
  faultBegin: 50,
  faultEnd: 51,
  drainBegin: 52,
  drainEnd: 53,
  // Logs, groups and replication.
  commit: 60,
  assign: 61,
  revoke: 62,
  elect: 63,
  watermark: 64,
  // At-least-once dead-lettering.
  deadLetter: 65,
  // What a broker does not do for a client.
  refused: 66,
} as const;

export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** Number of a name in the run's name table; 0 means "no name". */
export type NameId = number;

/**
 * Where the engine, its clients and the world report what happens. `time` is not an argument: the sink knows the true
 * time of the world, which the engine does not.
 */
export interface EventSink {
  /** True: nobody hears what is emitted, and what would be worked out for that alone may be left out. Left out: somebody may. */
  readonly isDeaf?: boolean;
  emit(
    kind: EventKind,
    actor: NameId,
    peer: NameId,
    dest: NameId,
    message: number,
    copy: number,
    a: number,
    b: number,
    c: number,
  ): void;
  /** The number of a name; the same text always gets the same number within a run. */
  name(text: string): NameId;
}

/** Why a stored message left its queue without being acknowledged. */
export const DropReason = {
  retention: 1, purge: 2, queueDeleted: 3, corrupt: 4, rejected: 5, expired: 6, maxLength: 7, deliveryLimit: 8, restart: 9,
} as const;
export type DropReason = (typeof DropReason)[keyof typeof DropReason];

/**
 * Why a message moved from one queue to another. `limit` moves the copy itself; by `redrive` it is gone and a new one is accepted; by the others, too, and
 * the exchange `peer` makes `letters` new ones of it.
 */
export const MoveReason = { limit: 1, redrive: 2, rejected: 3, expired: 4, maxLength: 5, deliveryLimit: 6 } as const;
export type MoveReason = (typeof MoveReason)[keyof typeof MoveReason];

/** How a handler ended. `abandoned`: its process died or was told to stop. */
export const HandleResult = { ok: 0, failed: 1, abandoned: 2 } as const;
export type HandleResult = (typeof HandleResult)[keyof typeof HandleResult];

/**
 * Why a lease ended that nobody acknowledged or gave back. `ended`: its time was over, or its channel ended. `channelTimedOut`, `consumerTimedOut`: a delivery had
 * waited too long for its acknowledgement, and the broker closed the channel, or cancelled the consumer.
 */
export const ExpireCause = { ended: 0, channelTimedOut: 1, consumerTimedOut: 2 } as const;
export type ExpireCause = (typeof ExpireCause)[keyof typeof ExpireCause];

/** State of the receipt handle with which a message was settled (SQS receipt-handle rules). */
export const HandleState = { current: 0, expired: 1, superseded: 2 } as const;
export type HandleState = (typeof HandleState)[keyof typeof HandleState];

/** Where a copy stands in its queue, as a recovery finds it. */
export const CopyState = { ready: 0, delayed: 1, leased: 2 } as const;
export type CopyState = (typeof CopyState)[keyof typeof CopyState];

/** Why a long poll ended. */
export const PollEndCause = { answered: 0, timedOut: 1, sessionEnded: 2, queueDeleted: 3 } as const;
export type PollEndCause = (typeof PollEndCause)[keyof typeof PollEndCause];

/** Why a node stopped. */
export const StopCause = { kill: 1, powerLoss: 2, shutdown: 3, storage: 4 } as const;
export type StopCause = (typeof StopCause)[keyof typeof StopCause];

/** Why the outcome of an operation is unknown or failed. `channelClosed`, `consumerCancelled`: the broker did that. `unconfirmed`: the protocol has no answer to it. `breakerOpen`: the client's circuit breaker let it not be tried. `serviceError`: the service said that it failed (HTTP 5xx). `returned`: no queue is bound for it (mandatory). */
export const OutcomeReason = {
  timeout: 1, connectionLost: 2, rejected: 3, overloaded: 4, stopped: 5, unconfirmed: 6, breakerOpen: 7, serviceError: 8, channelClosed: 9,
  consumerCancelled: 10, returned: 11,
} as const;
export type OutcomeReason = (typeof OutcomeReason)[keyof typeof OutcomeReason];

/**
 * How a client guards itself and its broker. `retryPaid`: a message may be sent again, and its retry budget paid for it. `retryRefused`: its retry budget was used up. `bufferFull`: it had no room for a message, or its source had to wait.
 * `paused`, `resumed`: it receives no more until it has handled what it holds.
 */
export const Guard = { retryRefused: 1, breakerOpened: 2, breakerHalfOpen: 3, breakerClosed: 4, bufferFull: 5, paused: 6, resumed: 7, retryPaid: 8 } as const;
export type Guard = (typeof Guard)[keyof typeof Guard];

/** What a producer wrote into its own database. `row`: what its message tells of. `published`: that the message needs not be sent any more (outbox). `setAside`: that it came back, and is not sent again until somebody looks at it (outbox). */
export const LocalWrite = { row: 1, published: 2, setAside: 3 } as const;
export type LocalWrite = (typeof LocalWrite)[keyof typeof LocalWrite];

/** What an operator does to a queue as a whole. */
export const Operation = { redrive: 1, purge: 2, configure: 3, setPolicy: 4, clearPolicy: 5, cancelRedrive: 6 } as const;
export type Operation = (typeof Operation)[keyof typeof Operation];

/** The length of a lease that only its owner ends, 2^52: still a number that can be added to any time. */
export const NO_DEADLINE_MICROS = 4_503_599_627_370_496;

export interface EventDefinition {
  /** Name used in exports and in the catalogue. */
  readonly name: string;
  /** Meaning of the three numbers; a missing letter is always 0. */
  readonly a?: string;
  readonly b?: string;
  readonly c?: string;
}

/** What each kind is called and what its numbers mean. Total: a kind without a row does not compile. */
export const EVENTS: Readonly<Record<EventKind, EventDefinition>> = {
  // `peer` is the routing key of a message that is published.
  [EventKind.sendInvoke]: { name: 'send-invoke', a: 'intendedMicros', b: 'bodyChecksum', c: 'sizeBytes' },
  // `isAnew`: 1 when the program gave the message to its client once more, 0 when the client tries again.
  [EventKind.sendAttempt]: { name: 'send-attempt', a: 'attempt', b: 'isAnew' },
  [EventKind.sendOk]: { name: 'send-ok', a: 'attempt' },
  [EventKind.sendFail]: { name: 'send-fail', a: 'outcomeReason', b: 'attempt' },
  [EventKind.sendInfo]: { name: 'send-info', a: 'outcomeReason', b: 'attempt' },
  [EventKind.deliver]: { name: 'deliver', a: 'handle', b: 'deliveryCount', c: 'bodyChecksum' },
  [EventKind.handleStart]: { name: 'handle-start', a: 'handle', b: 'deliveryCount' },
  [EventKind.handleEnd]: { name: 'handle-end', a: 'handle', b: 'handleResult' },
  [EventKind.effect]: { name: 'effect', a: 'handle', b: 'applied' },
  [EventKind.ackInvoke]: { name: 'ack-invoke', a: 'handle' },
  [EventKind.ackOk]: { name: 'ack-ok', a: 'handle' },
  [EventKind.ackFail]: { name: 'ack-fail', a: 'handle', b: 'outcomeReason' },
  [EventKind.ackInfo]: { name: 'ack-info', a: 'handle', b: 'outcomeReason' },
  [EventKind.extendInvoke]: { name: 'extend-invoke', a: 'handle', b: 'timeoutMicros' },
  [EventKind.extendOk]: { name: 'extend-ok', a: 'handle', b: 'timeoutMicros' },
  [EventKind.extendFail]: { name: 'extend-fail', a: 'handle', b: 'outcomeReason' },
  [EventKind.extendInfo]: { name: 'extend-info', a: 'handle', b: 'outcomeReason' },
  [EventKind.nackInvoke]: { name: 'nack-invoke', a: 'handle', b: 'delayMicros' },
  [EventKind.nackOk]: { name: 'nack-ok', a: 'handle', b: 'delayMicros' },
  [EventKind.nackFail]: { name: 'nack-fail', a: 'handle', b: 'outcomeReason' },
  [EventKind.nackInfo]: { name: 'nack-info', a: 'handle', b: 'outcomeReason' },
  [EventKind.pollWait]: { name: 'poll-wait', a: 'maxMessages', b: 'waitMicros', c: 'unheardServers' },
  [EventKind.pollEnd]: { name: 'poll-end', a: 'messages', b: 'pollEndCause', c: 'unheardServers' },
  // So many could have been handed out, had the receive heard of them.
  [EventKind.emptyReceive]: { name: 'empty-receive', a: 'ready' },
  // `message` is 0 where it concerns the client as a whole.
  [EventKind.localWrite]: { name: 'local-write', a: 'localWrite' },
  [EventKind.clientGuard]: { name: 'client-guard', a: 'guard' },
  // An operator saw more messages in a queue than there should be. `operationOutcome` is the number of a name: `ok`, `unknown`, or the code of an error.
  [EventKind.alert]: { name: 'alert', a: 'depth' },
  [EventKind.operateInvoke]: { name: 'operate-invoke', a: 'operation' },
  [EventKind.operateEnd]: { name: 'operate-end', a: 'operation', b: 'operationOutcome' },
  // The priority that the message was published with, and one more; 0 for none.
  [EventKind.accept]: { name: 'accept', a: 'delayMicros', b: 'sizeBytes', c: 'priorityPlusOne' },
  [EventKind.leaseGrant]: { name: 'lease-grant', a: 'handle', b: 'deliveryCount', c: 'timeoutMicros' },
  [EventKind.leaseExtend]: { name: 'lease-extend', a: 'handle', c: 'timeoutMicros' },
  [EventKind.leaseExpire]: { name: 'lease-expire', a: 'handle', b: 'expireCause' },
  [EventKind.leaseRelease]: { name: 'lease-release', a: 'handle' },
  [EventKind.settle]: { name: 'settle', a: 'handle', b: 'handleState' },
  [EventKind.move]: { name: 'move', a: 'deliveryCount', b: 'moveReason', c: 'letters' },
  [EventKind.drop]: { name: 'drop', a: 'dropReason' },
  [EventKind.ledger]: { name: 'ledger', a: 'ready', b: 'leased', c: 'delayed' },
  // Everything that the broker journalled up to `coveredMicrosAgo` before this instant is on the disk.
  [EventKind.fsync]: { name: 'fsync', a: 'sizeBytes', b: 'durationMicros', c: 'coveredMicrosAgo' },
  // A sync began; told where syncs are due every so often. What ends it is its `fsync`, or the end of the process.
  [EventKind.fsyncBegin]: { name: 'fsync-begin', a: 'sizeBytes' },
  [EventKind.nodeStart]: { name: 'node-start', a: 'incarnation' },
  [EventKind.nodeStop]: { name: 'node-stop', a: 'stopCause' },
  [EventKind.recoverBegin]: { name: 'recover-begin' },
  [EventKind.restore]: { name: 'restore', a: 'deliveryCount', b: 'copyState', c: 'remainingMicros' },
  [EventKind.recoverEnd]: { name: 'recover-end', a: 'records', b: 'truncatedBytes', c: 'corruptBatches' },
  // -1: how many records are missing cannot be known.
  [EventKind.corruption]: { name: 'corruption', a: 'position', b: 'sizeBytes', c: 'missingRecords' },
  // Of a copy in a message group: `peer` is the name of the group. Follows `accept`, and a `move` to a queue with groups.
  [EventKind.place]: { name: 'place', a: 'sequence', b: 'deduplicationKey' },
  // A send that was a repetition: `message` is the send, `copy` the one that the first send had stored.
  [EventKind.deduplicate]: { name: 'deduplicate', a: 'deduplicationKey', b: 'ageMicros' },
  // A copy that had left the queue is ready again: a storage server had not heard of it.
  [EventKind.reappear]: { name: 'reappear', a: 'deliveryCount' },
  // A producer gets back what no queue was bound for; `dest` is the exchange. The broker's side of it: it was routed nowhere.
  [EventKind.returned]: { name: 'returned', a: 'replyCode' },
  [EventKind.unroutable]: { name: 'unroutable', a: 'mandatory' },
  // The delivery that a consumer is about to report carries the mark of a redelivery. Those without it have no such event.
  [EventKind.flaggedRedelivered]: { name: 'flagged-redelivered', a: 'handle' },
  // A producer hears a confirm for a publish that was confirmed before.
  [EventKind.strayConfirm]: { name: 'stray-confirm', a: 'deliveryTag' },
  // Of a copy that was just accepted as a dead letter: what its header says of its latest death, in the queue `peer`.
  [EventKind.deathHeader]: { name: 'death-header', a: 'moveReason', b: 'deaths', c: 'entries' },
  // A ready copy waits: for `delayMicros`, or, when it is dead for a `moveReason`, until it is dead-lettered.
  [EventKind.setAside]: { name: 'set-aside', a: 'moveReason', c: 'delayMicros' },
  // A copy that waits to be dead-lettered is published to the queue `peer`, which stores it (its `accept` follows) or refuses it; `unroutable`: the exchange `peer` leads to none.
  // `attempt` 0: the copy is gone already (at most once), and of its letters only a refusal is told; `copy` 0: there was none, it was refused where it was published.
  [EventKind.deadLetter]: { name: 'dead-letter', a: 'attempt', b: 'moveReason', c: 'letterFate' },
  // A client hears that the broker refuses what it asked for, and what it closes for that. `errorCode` is the number of a name, such as `403 ACCESS_REFUSED`.
  [EventKind.refused]: { name: 'refused', a: 'errorCode', b: 'closed' },
  // One end of a connection takes it for lost, for silence or because the other end, `peer`, did; what was under way there is gone.
  [EventKind.connectionLost]: { name: 'connection-lost', a: 'lostBy' },
  // The broker stops reading from the connection of `peer` for this reason, has another one, or reads on (the reason it had).
  [EventKind.connectionBlocked]: { name: 'connection-blocked', a: 'isBlocked', b: 'blockReason' },
  // Of a fault: `actor` is the machine that is struck, `peer` the other end of a link; of several, the names joined by `+`.
  // `faultKind` is the number of the kind's name, as `name('crash')` gives it, so that stories and exports can say it.
  // `clockShift`: how far a fault moves the clock of its machine, in microseconds, or how fast, in parts per million; 0 for those that do not.
  [EventKind.faultBegin]: { name: 'fault-begin', a: 'faultIndex', b: 'faultKind', c: 'clockShift' },
  [EventKind.faultEnd]: { name: 'fault-end', a: 'faultIndex', b: 'faultKind', c: 'clockShift' },
  [EventKind.drainBegin]: { name: 'drain-begin' },
  [EventKind.drainEnd]: { name: 'drain-end', a: 'complete' },
  [EventKind.commit]: { name: 'commit', a: 'generation', b: 'partition', c: 'offset' },
  [EventKind.assign]: { name: 'assign', a: 'generation', b: 'partition' },
  [EventKind.revoke]: { name: 'revoke', a: 'generation', b: 'partition' },
  [EventKind.elect]: { name: 'elect', a: 'partition', b: 'epoch', c: 'clean' },
  [EventKind.watermark]: { name: 'watermark', a: 'partition', b: 'watermarkKind', c: 'offset' },
};
