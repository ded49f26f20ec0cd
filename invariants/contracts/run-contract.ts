import type { ExchangeContract, LetterContract, PublishContract } from './topology.js';

/** When the broker's journal is synced: before each reply, every so often, or when the system pleases. */
export type FlushPolicy = 'always' | 'interval' | 'never';

/** How a consumer works on a message; see {@link handlerPromise}. */
export type HandlerKind = 'plain' | 'idempotent' | 'forgetful' | 'ack-first' | 'upsert' | 'upsert-shared' | 'inbox' | 'inbox-apart';

/**
 * What puts some promises to the test: a message stored with a delay, the lease of one changed while it runs, one that grows too old for
 * its queue, a queue within one of the messages that it may have in flight, a message of a group, and one that its consumer holds for too long without acknowledging it.
 */
export type Happening = 'delay' | 'extension' | 'end-of-retention' | 'full-flight' | 'group' | 'consumer-timeout';

/**
 * What was configured in a run, as far as promises depend on it. The faults that strike are not part of it: the judge
 * learns them from the history, because only a fault that struck excuses anything. Nor is the producers' retrying: the
 * judge sees every attempt and every copy.
 */
export interface RunContract {
  readonly personality: 'sqs' | 'rabbitmq';
  /** What producers send to and is no queue: what comes there may be stored in several queues, or in none. Left out: none. */
  readonly exchanges?: readonly ExchangeContract[];
  /**
   * True: the queue is one strict node and promises more than SQS does. False: it may show the anomalies that SQS documents
   * for standard queues (duplicates under a lease or after a delete, approximate counts).
   */
  readonly strict: boolean;
  readonly broker: BrokerContract;
  /** Every producer and consumer of the run. */
  readonly clients: readonly ClientContract[];
  /** Every queue of the run, dead-letter queues included. */
  readonly queues: readonly QueueContract[];
  /**
   * While someone waits for messages at a working broker, a message that may be received has to be handed out within this
   * time, in microseconds; see {@link DEFAULT_REDELIVERY_BOUND_MICROS}. Time in which the broker is down, paused, slowed or
   * has trouble with its disk does not count.
   */
  readonly redeliveryBoundMicros: number;
  /** A recovery of the broker with nothing in its way takes no longer than this. */
  readonly recoveryBoundMicros: number;
  /** What certainly does not happen in the run. Left out: nothing is known. */
  readonly neverHappens?: readonly Happening[];
  /** Kinds of faults that may strike the broker's machine in the run. They excuse nothing: words tell what of the contract is idle. Left out: any. */
  readonly brokerFaults?: readonly string[];
  /** Largest relative error of the rate of the broker's monotonic clock in this run: 0.01 is 1 %; 0 for an exact clock. */
  readonly clockDrift: number;
}

export interface BrokerContract {
  /** Name of its machine. */
  readonly name: string;
  readonly flush: FlushPolicy;
  /**
   * `flush: interval`: a sync begins so long after something was written, or after the sync that then ran, not counting time in which
   * the broker is down or hindered: the interval, as its clock may measure it. Left out: what was written may stay in the page cache for ever.
   */
  readonly syncDueMicros?: number;
  /** Places that one fault of the kind bit-rot damages at most. Left out: nothing is said of it. */
  readonly rotBits?: number;
}

export interface ClientContract {
  /** Name of its machine, and of the client in the history. */
  readonly name: string;
  readonly role: 'producer' | 'consumer';
  readonly queue: string;
  /** It does nothing before this time. */
  readonly startMicros: number;
  /**
   * Longest time for which it shows no sign of life although it has something to do, nothing is wrong with its machine and the broker
   * works: a poll that waits, an attempt that times out and the longest backoff, with room to spare.
   */
  readonly quietMicros: number;
  /** Messages that it may send again: earned by each that is accepted at once, and saved up. Left out: any number. */
  readonly retryBudget?: { readonly share: number; readonly burst: number };
  /** How long its circuit breaker stays open. Left out: it has none. */
  readonly breakerOpenMicros?: number;
  /** It commits a row for each of its messages. Left out: no. */
  readonly keepsRows?: boolean;
  /** Row and message are two writes that nothing ties together (a dual write). Left out: they are one transaction. */
  readonly writesApart?: boolean;
  /** What it gives its messages to live. Left out: for ever. */
  readonly expirationMicros?: number;
  /** It publishes to an exchange. Left out: it sends to its queue, or nothing is said of it. */
  readonly publishes?: PublishContract;
  /** What it sends need not outlive a restart of the broker (AMQP 0-9-1: delivery mode 1). Left out: it must. */
  readonly sendsTransient?: boolean;
  /** It asks for no confirms: it takes for sent what it has written. Left out: it waits for the answer. */
  readonly asksNoConfirm?: boolean;
  /** What it publishes counts with a commit, of which it hears. Left out: each publish for itself. */
  readonly commits?: boolean;
  /** There may be no queue for what it publishes, and that is dropped, not returned. Left out: there always is one, or what there is none for comes back. */
  readonly mayMissQueues?: boolean;
}

export interface QueueContract {
  readonly name: string;
  /** Where a message goes that was received `maxReceiveCount` times and is asked for once more; null: it stays. */
  readonly deadLetter: { readonly queue: string; readonly maxReceiveCount: number } | null;
  /** How long it keeps a message; absent: nothing is said of it. */
  readonly retentionMicros?: number;
  /** Where an operator changes that: what it may be, and from when on. Left out: `retentionMicros`, from the start. */
  readonly retentionSteps?: readonly { readonly fromMicros: number; readonly micros: number }[];
  /** When else it lets go of messages; left out: nothing is said of it. */
  readonly drops?: DropRules;
  /** Delays with which a message may be stored: the queue's own, and those of its producers; absent: nothing is said of it. */
  readonly delaysMicros?: readonly number[];
  /** How long a receive may lease a message for: the queue's own timeout, and those of its consumers; absent: nothing is said of it. */
  readonly leaseMicros?: readonly number[];
  /** A consumer whose receive was not answered asks for the same again, under its attempt id; left out: none does. */
  readonly repeatsReceives?: boolean;
  /** The kinds of handlers of all consumers of this queue; empty when nobody consumes it. */
  readonly handlers: readonly HandlerKind[];
  /** Left out: a standard queue. */
  readonly kind?: 'standard' | 'fifo';
  /** Messages leased at the same time at most; left out: SQS's 120 000. */
  readonly maxInFlight?: number;
  /** FIFO: among how many of its oldest messages a receive looks for a group that is free; left out: SQS's 120 000. */
  readonly lookAhead?: number;
  /** FIFO: among which messages a deduplication id is looked for; left out: those of the queue. */
  readonly deduplicationScope?: 'queue' | 'messageGroup';
  /** Standard queue: quiet groups come first. Left out: no. */
  readonly isFair?: boolean;
  /** Of a group each consumer works on one message after the other, goes on behind none that failed, and acknowledges afterwards. Left out: no. */
  readonly isWorkedInTurn?: boolean;
  /** Its producers have one message of a group under way at a time. Left out: no. */
  readonly keepsGroupOrder?: boolean;
  /** It pushes to consumers, who hold a message until their channel ends; left out: consumers ask, and hold it for a time. */
  readonly push?: PushContract;
}

/** What its owner allows a queue to let go of, besides what is too old for it or was purged. */
export interface DropRules {
  /** What the queue gives each message to live; null: it gives none. A producer may give less. */
  readonly ttlMicros: number | null;
  /** What it holds, those in work aside, before it drops any: messages, and bytes of them; null: it has no such limit. */
  readonly maxLength: number | null;
  readonly maxBytes?: number | null;
  /** It goes when nobody uses it. */
  readonly mayBeDeleted: boolean;
  /** And not before nobody has used it for so long. Left out: its last consumer takes it along. */
  readonly expiresMicros?: number;
  /** It goes with the last of its consumers, or with the connection of the one that has it for its own. Left out: with neither, or nothing is said of it. */
  readonly goesWith?: 'last-consumer' | 'owner';
  /** Whoever uses it shows that to the history: nobody asks for what may not be there, and nobody declares it once more. Left out: somebody may. */
  readonly isUseSeen?: boolean;
  /** Consumers that reject messages. */
  readonly rejecters: readonly string[];
}

/** What a queue that pushes promises. */
export interface PushContract {
  readonly type: 'classic' | 'quorum';
  /** How much each consumer may hold, by name; 0: any number. One that is taken for done when it is sent is not named. */
  readonly prefetch: Readonly<Record<string, number>>;
  /** What is sent to some consumer is taken for done. */
  readonly isAutomatic: boolean;
  readonly maxLength: number | null;
  /** Bytes that it holds, those in work aside, before it is too much; 0: there may be a limit, and nobody knows which; null: there is none. */
  readonly maxBytes: number | null;
  readonly overflow: 'drop-head' | 'reject-publish' | 'reject-publish-dlx';
  /** A message that comes back stands where it stood: no priorities, and no line of its own. */
  readonly keepsPosition: boolean;
  /**
   * What comes back has a line of its own, which is served first: all of it (`first`), or what its consumer left behind, while what one gave back goes to the tail as if it had just
   * come without a priority (`last`). Left out: it has none, or nothing is said of it.
   */
  readonly returns?: 'first' | 'last';
  /** Messages above this priority have a lane of their own, which has two turns; the third is one of the other lane, if what waits there is older. Left out: there is one lane, or one for each level. */
  readonly upperLaneAbove?: number;
  /** Levels of which the highest with a message is served first; null: there are none, or they take turns. What has no priority is of level `usual`. */
  readonly priorities: { readonly highest: number; readonly usual: number } | null;
  /** Consumers that get nothing while one of a higher number has room; who is not named has 0. Left out: all are alike. */
  readonly consumerPriorities?: Readonly<Record<string, number>>;
  /** Consumers that will have the queue for themselves. Left out: none. */
  readonly exclusiveConsumers?: readonly string[];
  /** What is not acknowledged in time comes back, and its channel is closed or its consumer cancelled. Left out: nothing is said of it. */
  readonly consumerTimeout?: ConsumerTimeoutContract;
  /** One consumer gets everything until it goes, or, where `takesOver`, until it holds nothing and one of higher priority is there. Null: there is no such thing. */
  readonly singleActive: SingleActiveContract | null;
  /** Messages that leave it unconsumed go to an exchange. */
  readonly hasDeadLetters: boolean;
  /** To this one. Left out: there is none, or it is not known which. */
  readonly letters?: LetterContract;
  /** Neither it nor what is in it need outlive a restart of the broker. Left out: they must. */
  readonly isTransient?: boolean;
  /** They stay until every queue that they go to has confirmed them. */
  readonly keepsDeadLetters: boolean;
  /** A message that came back more often than this is dead-lettered or dropped. Left out: there is no limit, or nothing is said of it. */
  readonly deliveryLimit?: number;
  /** Consumers whose giving back does not count towards it. Left out: whatever comes back counts. */
  readonly uncounted?: readonly string[];
}

export interface SingleActiveContract {
  /** One of higher priority need not wait until the active one goes. */
  readonly takesOver: boolean;
  /** By age alone: who came first follows, whatever its priority. Left out: one of the highest priority. */
  readonly isByAge?: boolean;
  readonly priorities: Readonly<Record<string, number>>;
}

/** How long a delivery may go without an acknowledgement. */
export interface ConsumerTimeoutContract {
  /** Of all that it may be in the run the least and the most; Infinity: it may be held for ever. */
  readonly leastMicros: number;
  readonly mostMicros: number;
  /** A consumer that is cancelled loses what is overdue, to the instant. Where the channel is closed everything that it holds comes back, when somebody looks: once a minute. */
  readonly ends: 'channel' | 'consumer';
}

/** A second: far beyond the rounding of timers, far below any visibility timeout worth the name. */
export const DEFAULT_REDELIVERY_BOUND_MICROS = 1_000_000;
