import type { BreakerPolicy, Declaration, FailurePolicy, RetryPolicy } from '../../engine/index.js';
import type { WriteSettings } from './business-writes.js';
import type { ConsumerStep, CrashPoint, ProducerStep } from './crash-points.js';
import type { DistributionSpec } from '../distribution-spec.js';
import type { ListedSend } from './listed-send.js';

/** What one producer sends. */
export interface ProducerSettings {
  readonly name: string;
  readonly queue: string;
  /** Gap between intended sends: an open loop, which does not wait for answers. */
  readonly interval: DistributionSpec;
  /** First intended send, in true time. */
  readonly startMicros: number;
  /** Intends nothing at or after this time. */
  readonly endMicros: number;
  /** Sends this many messages at most; may be `Infinity`. */
  readonly messages: number;
  readonly sizeBytes: DistributionSpec;
  /** What it sends, written out in the order of time; then interval, start, messages and sizes say nothing. Null: these are drawn. */
  readonly sends: readonly ListedSend[] | null;
  /** Null: the queue's own. */
  readonly delayMicros: number | null;
  readonly maxInFlight: number;
  readonly batchSize: number;
  /** How long the first message of a batch waits for others; left out: as long as the instant lasts. */
  readonly lingerMicros?: number;
  readonly retry: RetryPolicy;
  /** Message groups; left out or null: none. */
  readonly groups?: GroupSettings | null;
  /** `id`: each message has a deduplication id of its own, the same in all its attempts. Left out: none. */
  readonly deduplication?: 'id' | 'none';
  /** One message of a group at a time. Left out: true. */
  readonly keepsGroupOrder?: boolean;
  /** It publishes through a channel; left out: it sends requests. */
  readonly publish?: PublishSettings;
  /** Left out or null: the client library's own. */
  readonly buffer?: BufferSettings | null;
  /** Left out or null: none. */
  readonly breaker?: BreakerPolicy | null;
  /** What it stores beside what it sends; left out or null: nothing. */
  readonly write?: WriteSettings | null;
  /** Where it is killed; left out: nowhere. */
  readonly crashes?: readonly CrashPoint<ProducerStep>[];
}

/** Messages that wait in a producer for their turn. */
export interface BufferSettings {
  readonly maxMessages: number;
  /** `block`: the source waits for room, and what it was to send meanwhile is late. `reject`: the new message fails. `drop-oldest`: the oldest does. */
  readonly whenFull: 'block' | 'reject' | 'drop-oldest';
}

/** How a producer publishes. */
export interface PublishSettings {
  /** Empty: the default exchange. */
  readonly exchange: string;
  /** Each in its turn. */
  readonly routingKeys: readonly string[];
  readonly headers: Readonly<Record<string, string | number | boolean>>;
  /** Further routing keys, and those that consumers do not see; left out: none. */
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly confirm: boolean;
  /** Messages that are committed together, instead of confirms; left out or null: none are. */
  readonly transactionSize?: number | null;
  /** Left out or null: a backoff. */
  readonly recoveryMicros?: number | null;
  /** Heartbeat timeout of its connection, 0 for none; left out or null: what the broker proposes. */
  readonly heartbeatMicros?: number | null;
  readonly mandatory: boolean;
  readonly persistent: boolean;
  readonly priority: number | null;
  readonly expirationMicros: number | null;
}

/** The groups that one producer's messages belong to. */
export interface GroupSettings {
  /** What their names begin with; a number follows when there are several. */
  readonly name: string;
  readonly count: number;
  /** `round-robin`: each in its turn. A number: at random, group k in proportion to 1 / k^number; 0 for all alike. */
  readonly choice: 'round-robin' | number;
}

/** How one consumer works. */
export interface ConsumerSettings {
  readonly name: string;
  readonly queue: string;
  /** Starts polling at this time. */
  readonly startMicros: number;
  readonly concurrency: number;
  readonly batchSize: number;
  readonly waitTimeMicros: number;
  readonly visibilityTimeoutMicros: number | null;
  readonly extendEveryMicros: number | null;
  readonly onFailure: FailurePolicy;
  /** Stops in good order at this time, in true time: polls no more, gives back what it has not begun, finishes the rest. Left out or null: never. */
  readonly stopMicros?: number | null;
  /** Acknowledgements in one request; left out: 1. */
  readonly acknowledgeBatchSize?: number;
  readonly acknowledgeLingerMicros?: number;
  /** Left out: false. */
  readonly usesAttemptIds?: boolean;
  /** Of a message group it works on one message at a time. Left out: false. */
  readonly keepsGroupOrder?: boolean;
  /** Messages that may wait in the client for a place in work; left out or null: it receives when there is a place. */
  readonly bufferSize?: number | null;
  /** Where it is killed; left out: nowhere. */
  readonly crashes?: readonly CrashPoint<ConsumerStep>[];
  /** It is pushed to through a channel; left out: it polls. */
  readonly subscription?: SubscriptionSettings;
  readonly retry: RetryPolicy;
  readonly handler: HandlerSettings;
}

/** How a consumer is pushed to. */
export interface SubscriptionSettings {
  /** 0: any number. */
  readonly prefetch: number;
  readonly acknowledge: 'manual' | 'batched' | 'transactional' | 'automatic';
  readonly acknowledgeEvery: number;
  readonly whenFailed: 'nack' | 'reject-requeue' | 'reject' | 'leave';
  readonly priority: number;
  readonly exclusive: boolean;
  /** Share of the acknowledgements that it says twice; left out: none. */
  readonly acknowledgesTwice?: number;
  /** Of its channel as a whole; left out or 0: any number. */
  readonly channelPrefetch?: number;
  /** It asks for each message, and waits so long when there is none; left out or null: it is pushed to. */
  readonly getEveryMicros?: number | null;
  /** Left out or null: a backoff. */
  readonly recoveryMicros?: number | null;
  /** Heartbeat timeout of its connection, 0 for none; left out or null: what the broker proposes. */
  readonly heartbeatMicros?: number | null;
  /** How long it may hold a message without acknowledging it; left out: what its queue says. */
  readonly timeoutMicros?: number;
  /** What it declares whenever it connects; left out: nothing. */
  readonly declares?: readonly Declaration[];
}

export interface HandlerSettings {
  /**
   * `plain`: process, have the effect, acknowledge. `idempotent`: the same, but the sink has the effect once per message.
   * `ack-first`: acknowledge, then process. `upsert`: process, set the row of the message's key to it, acknowledge. `inbox`: process, have the effect and note the
   * message's id in one transaction, acknowledge.
   */
  readonly kind: 'plain' | 'idempotent' | 'ack-first' | 'upsert' | 'inbox';
  /** `idempotent`: ids that are remembered; left out or null: all. */
  readonly memory?: number | null;
  /** `upsert`: rows that the messages of a producer fall on, each in its turn; left out or null: one for each message. */
  readonly keys?: number | null;
  /** `inbox`: `apart` notes the id in a transaction of its own, after the effect. Left out: together. */
  readonly transaction?: 'together' | 'apart';
  /**
   * `idempotent`, `inbox`: how long the store takes to look the message's id up and to note it, in the transaction of the effect. The store is another machine's: a slow-down of the consumer's does not
   * stretch it. Left out: no time.
   */
  readonly noteMicros?: number;
  /** Time from the start of handling to its effect. A slow-down of the machine stretches it. */
  readonly time: DistributionSpec;
  /** Probability that one handling fails after its time, without effect. */
  readonly failure: number;
  /** Every n-th message of each producer fails whenever it is handled; 0 for none. */
  readonly poisonEvery: number;
}
