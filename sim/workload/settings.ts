import type { FailurePolicy, RetryPolicy } from '../../engine/index.js';
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
  readonly retry: RetryPolicy;
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
  readonly retry: RetryPolicy;
  readonly handler: HandlerSettings;
}

export interface HandlerSettings {
  /**
   * `plain`: process, have the effect, acknowledge. `idempotent`: the same, but the sink has the effect once per message.
   * `ack-first`: acknowledge, then process.
   */
  readonly kind: 'plain' | 'idempotent' | 'ack-first';
  /** Time from the start of handling to its effect. A slow-down of the machine stretches it. */
  readonly time: DistributionSpec;
  /** Probability that one handling fails after its time, without effect. */
  readonly failure: number;
  /** Every n-th message of each producer fails whenever it is handled; 0 for none. */
  readonly poisonEvery: number;
}
