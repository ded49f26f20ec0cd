import type { EventSink, OutcomeReason } from '../../history/index.js';
import type { Host } from '../host.js';
import type { MessageProperties } from '../queue/index.js';
import type { Mutations } from '../mutants/index.js';
import type { BreakerPolicy } from './circuit-breaker.js';
import type { FailureClass } from './failure-class.js';
import type { RetryBudgetPolicy } from './retry-budget.js';

/** How a client repeats an operation. */
export interface RetryPolicy {
  /** Give up on one attempt after this long without an answer (a long poll's wait comes on top). */
  readonly timeoutMicros: number;
  /** Attempts in all, at least 1; 1 never retries. */
  readonly attempts: number;
  /** Before attempt n + 1 the client waits min(cap, base * 2^(n-1)). */
  readonly backoffBaseMicros: number;
  readonly backoffCapMicros: number;
  /** `full`: uniform in [0, backoff]; `none`: exactly the backoff. */
  readonly jitter: 'full' | 'none';
  /** Failures after which it tries again. Left out: all classes. */
  readonly retryOn?: readonly FailureClass[];
  /** The base after a failure of class `throttling`. Left out or null: as after the others. */
  readonly throttledBaseMicros?: number | null;
  /** `adaptive`: requests leave no faster than what was throttled lets expect to succeed. Left out: `none`. For requests that have answers. */
  readonly pace?: 'none' | 'adaptive';
  /** How many retries it may make beside what succeeds at once. Left out or null: any number. */
  readonly budget?: RetryBudgetPolicy | null;
}

export interface ClientOptions {
  readonly host: Host;
  readonly sink: EventSink;
  /** The client's name in the history; the broker hears it too. */
  readonly name: string;
  /** Address of the broker. */
  readonly address: string;
  readonly retry: RetryPolicy;
  /** Default: none. */
  readonly mutations?: Mutations;
}

export interface ProducerClientOptions extends ClientOptions {
  /** Messages sent and not yet answered at most. */
  readonly maxInFlight: number;
  readonly buffer?: SendBufferPolicy;
  /** Left out or null: none. */
  readonly breaker?: BreakerPolicy | null;
  /** Messages in one request: 1 to 10. */
  readonly batchSize: number;
  /** Bytes of the messages in one request, bodies and attributes; a message that is larger goes alone. Left out: no limit. */
  readonly maxBatchBytes?: number;
  /** How long the first message of a batch waits for others. Default 0: as long as the present instant lasts. */
  readonly lingerMicros?: number;
  readonly listener?: SendListener;
  /** One message of a group at a time, so that retries cannot change their order. Default true. */
  readonly keepsGroupOrder?: boolean;
}

/** Messages that wait in the client for their turn. */
export interface SendBufferPolicy {
  /** Left out: 1 000 000. */
  readonly maxMessages?: number;
  /** What a send beyond it does. `reject`: it fails at once (`overloaded`). `drop-oldest`: the one that waited longest does. Left out: reject. */
  readonly whenFull?: 'reject' | 'drop-oldest';
  /** Called when there is room again after there was none. */
  readonly onRoom?: () => void;
}

/** A message on its way out; the client keeps it until its outcome is known and does not change it. */
export interface OutgoingMessage {
  readonly queue: string;
  readonly body: Uint8Array;
  /** Unique over the run, dense from 1. */
  readonly trace: number;
  /** Null: the queue's own delay. */
  readonly delayMicros: number | null;
  /** Group, deduplication id and attributes. Left out or null: a plain message. */
  readonly properties?: MessageProperties | null;
  /** True time at which the message was meant to be sent. */
  readonly intendedMicros: number;
  /** Which of its producer's messages it is, from 1. */
  readonly number?: number;
  /**
   * For the history alone: how often the program gave it to a client, and the attempts over all of that, so that the first is told from the others. Left out: it is
   * given once.
   */
  readonly attempts?: { gives: number; count: number };
}

/** `ok`: stored. `fail`: certainly not stored. `info`: nobody knows. */
export type Outcome = 'ok' | 'fail' | 'info';

export interface SendListener {
  /** `reason`: why it is not `ok`. */
  onSendOutcome(message: OutgoingMessage, outcome: Outcome, reason: OutcomeReason | null): void;
}

export interface ConsumerClientOptions extends ClientOptions {
  readonly queue: string;
  /** Messages handled at the same time. */
  readonly concurrency: number;
  /** Messages asked for in one receive: 1 to 10. What comes beyond `concurrency` waits in the client, under its lease. */
  readonly batchSize: number;
  /** Long-poll wait: 0 to 20 seconds; null: the queue's own. */
  readonly waitTimeMicros: number | null;
  /** Null: the queue's own. */
  readonly visibilityTimeoutMicros: number | null;
  /** `after`: acknowledge what was handled. `first`: acknowledge, then handle (at most once). */
  readonly acknowledge: 'after' | 'first';
  /** Extend the lease of each message in work every so often, by the visibility timeout; null: never. */
  readonly extendEveryMicros: number | null;
  readonly onFailure: FailurePolicy;
  readonly handler: MessageHandler;
  /** Acknowledgements in one request: 1 to 10, default 1. */
  readonly acknowledgeBatchSize?: number;
  /** How long an acknowledgement waits for others when `acknowledgeBatchSize` is above 1. Default 0: as long as the present instant lasts. */
  readonly acknowledgeLingerMicros?: number;
  /** A receive whose answer was lost is repeated under the same attempt id, for queues that have those (SQS: FIFO). Default false. */
  readonly usesAttemptIds?: boolean;
  /** Of a message group it works on one message at a time, and when that fails gives back what it holds of the group behind it. Default false. */
  readonly keepsGroupOrder?: boolean;
  /**
   * Messages that may wait in the client for a place in work: it polls while another batch has room, and after a pause again when half of it is free. Left
   * out or null: it polls when none waits and there is a place.
   */
  readonly bufferSize?: number | null;
}

/**
 * What a failed handling does. `leave`: nothing, the lease runs out. `release`: negative acknowledge, visible at once.
 * `backoff`: negative acknowledge, visible after min(cap, base * factor^(deliveryCount-1)), and no later than 12 hours after the receive.
 */
export type FailurePolicy =
  | { readonly kind: 'leave' }
  | { readonly kind: 'release' }
  | { readonly kind: 'backoff'; readonly baseMicros: number; readonly factor: number; readonly capMicros: number };

/** The user's code. `handle` starts the work; the work ends with one call of `delivery.succeed()` or `delivery.fail()`, now or later. */
export interface MessageHandler {
  handle(delivery: Delivery): void;
}

/** One delivery of one message to a handler. */
export interface Delivery {
  readonly queue: string;
  readonly body: Uint8Array;
  /** Trace number of the message. */
  readonly trace: number;
  /** The broker's id of the stored copy. A send that was repeated may have stored several. */
  readonly messageId: number;
  /** What an idempotent handler remembers: given by the producer, the same for every delivery and every copy of a message. */
  readonly deduplicationId: number;
  readonly handle: number;
  /** 1 for the first delivery. */
  readonly deliveryCount: number;
  succeed(): void;
  fail(): void;
}
