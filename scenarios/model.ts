import type { BreakerPolicy, FailureClass, Policy, RabbitmqVersion, RetryBudgetPolicy } from '../engine/index.js';
import type { ConfidenceLevel } from '../measures/index.js';
import type { BufferSettings, ConsumerStep, CrashPoint, FaultSpec, ListedSend, OperatorSettings, ProducerStep, PublishSettings, SubscriptionSettings, WriteSettings } from '../sim/index.js';
import type { FuzzSpec } from './fuzz-model.js';
import type { QueueSpec } from './queue-model.js';
import type { ExchangeSpec } from './rabbitmq-model.js';

export type * from './fuzz-model.js';
export type * from './queue-model.js';
export type * from './rabbitmq-model.js';
export type { BufferSettings, HandlingFate, ListedSend, PublishSettings, SubscriptionSettings } from '../sim/index.js';

/**
 * A scenario as the runner takes it: every reference resolved, every unit in microseconds or bytes, every default filled
 * in. The loader makes it from YAML; a program may write it by hand.
 */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  /** As given to the loader; shown in reports and in the replay command. */
  readonly file: string;
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly personality: 'sqs' | 'rabbitmq';
  /** RabbitMQ's; left out: 4.2. */
  readonly version?: RabbitmqVersion;
  readonly policies?: readonly Policy[];
  /** RabbitMQ: above so many bytes of messages the broker reads nothing more of connections that publish; left out: what the version says. */
  readonly memoryLimitBytes?: number;
  /** RabbitMQ: what a message takes of that beside its body; left out: what its broker says. */
  readonly messageOverheadBytes?: number;
  /** RabbitMQ: how often it looks at its memory; left out: every 2.5 seconds. */
  readonly memoryCheckMicros?: number;
  readonly diskFreeLimitBytes?: number;
  /** RabbitMQ: how long a delivery may go without an acknowledgement, where its queue does not say; null: for ever. Left out: what the version says. */
  readonly consumerTimeoutMicros?: number | null;
  /** RabbitMQ: messages that the storage of a classic queue, and a channel in a quorum queue, may have outstanding. */
  readonly flow?: { readonly store: number; readonly commands: number; readonly credit: number };
  /** RabbitMQ; left out: none but those that are always there. */
  readonly exchanges?: readonly ExchangeSpec[];
  /** Used when the command line gives no `--seed`. */
  readonly seed: string;
  /** Producers stop and faults are healed at this time. */
  readonly durationMicros: number;
  /** How long after that the queues may take to drain before the run is called stuck. */
  readonly drainMicros: number;
  /** What is healed when faults stop: every machine, or a random majority of those of each role, while the rest stays dead for good. */
  readonly heal: 'all' | 'core';
  /** Who stays dead under `heal: core`, and how; left out: drawn. */
  readonly dead?: readonly Death[];
  /** True: the run may end as soon as all producers are done and queues are empty and no fault is still to come. */
  readonly stopWhenDone: boolean;
  readonly broker: BrokerSpec;
  readonly network: NetworkSpec;
  readonly queues: readonly QueueSpec[];
  readonly producers: readonly ProducerSpec[];
  readonly consumers: readonly ConsumerSpec[];
  /** Who looks after the queues while the run goes on. Left out: nobody. */
  readonly operators?: readonly OperatorSettings[];
  readonly faults: readonly FaultSpec[];
  readonly expect: ExpectSpec;
  /** What `fuzz` may vary; absent in a scenario that a program wrote: everything that it varies without being told. */
  readonly fuzz?: FuzzSpec;
  /** The `--set` arguments that changed the file's settings, for the replay command. */
  readonly overrides: readonly string[];
  /** Every setting of the experiment as a dotted path, in the order of the format and in the file's own words. */
  readonly settings: readonly Setting[];
}

export interface Setting {
  readonly path: string;
  /** As the file says it, or as it would say the default. */
  readonly value: string;
  readonly isDefault: boolean;
}

/** Four ways to be dead: with a reset, in silence, connected and mute, or alive where nobody hears it. */
export const DEATHS = ['crash', 'power-loss', 'pause', 'network-partition'] as const;

/** A machine that stays dead for good when faults stop, and the fault that kills it if nothing has. */
export interface Death {
  readonly machine: string;
  readonly fault: (typeof DEATHS)[number];
}

/** A broker whose storage failed ends its process; whoever looks after it starts it again after this long. */
export const BROKER_RESTART_MICROS = 1_000_000;

export interface BrokerSpec {
  /** Machine name; faults may target it. */
  readonly name: string;
  readonly flush: 'always' | 'interval' | 'never';
  readonly flushIntervalMicros: number;
  readonly cores: number;
  /** Multiplies the personality's CPU cost per operation. 0 makes CPU free. */
  readonly cpuCost: number;
  readonly segmentBytes: number;
  readonly disk: DiskSpec;
}

export interface DiskSpec {
  readonly writeLatency: DistributionSpec;
  readonly syncLatency: DistributionSpec;
  readonly readLatency: DistributionSpec;
  readonly bandwidthBytesPerSecond: number;
  readonly capacityBytes: number;
}

export interface NetworkSpec {
  /** One way; between regions, what their route says. */
  readonly latency: DistributionSpec;
  /** Machines that are near each other, by the names of machines. Default none. */
  readonly regions?: readonly { readonly name: string; readonly machines: readonly string[] }[];
  /** One way, between two regions or within one. */
  readonly routes?: readonly { readonly between: readonly [string, string]; readonly latency: DistributionSpec }[];
  readonly bandwidthBytesPerSecond: number;
  /** Probability that a message's first transmission is lost; it then arrives after a retransmission delay (connections are reliable). */
  readonly loss: number;
}

export interface ProducerSpec {
  readonly name: string;
  /** Of a producer that publishes to an exchange, the exchange. */
  readonly queue: string;
  /** Gap between intended sends: an open loop, which does not wait for answers. */
  readonly interval: DistributionSpec;
  /** First intended send. */
  readonly startMicros: number;
  /** Ends after this many messages; `Infinity` until the scenario's duration. */
  readonly messages: number;
  readonly sizeBytes: DistributionSpec;
  /**
   * What it sends, written out in the order of time. Null: times and sizes are drawn. With a list, `interval`, `startMicros`, `messages`
   * and `sizeBytes` say nothing; the loader makes them agree with it.
   */
  readonly sends: readonly ListedSend[] | null;
  readonly delayMicros: number | null;
  /** Sends in flight at most; further intended sends wait in the client's buffer. */
  readonly maxInFlight: number;
  readonly batchSize: number;
  /** Left out: 0. */
  readonly lingerMicros?: number;
  readonly retry: RetrySpec;
  /** Left out or null: messages without groups. */
  readonly groups?: GroupSpec | null;
  /** Left out: none. */
  readonly deduplication?: 'id' | 'none';
  /** One message of a group at a time; left out: true. */
  readonly keepsGroupOrder?: boolean;
  /** RabbitMQ: where and how it publishes. */
  readonly publish?: PublishSettings;
  /** Left out or null: as good as unbounded. */
  readonly buffer?: BufferSettings | null;
  /** Left out or null: none. */
  readonly breaker?: BreakerPolicy | null;
  /** What it stores beside what it sends; left out or null: nothing. */
  readonly write?: WriteSettings | null;
  /** Where it is killed; left out: nowhere. */
  readonly crashes?: readonly CrashPoint<ProducerStep>[];
}

/** The message groups of one producer. */
export interface GroupSpec {
  /** What their names begin with; a number follows when there are several. */
  readonly name: string;
  readonly count: number;
  /** A number: at random, group k in proportion to 1 / k^number. */
  readonly choice: 'round-robin' | number;
}

export interface RetrySpec {
  /** Give up on one attempt after this long without an answer. */
  readonly timeoutMicros: number;
  /** Attempts in all; 1 never retries. */
  readonly attempts: number;
  readonly backoffBaseMicros: number;
  readonly backoffCapMicros: number;
  /** `full`: uniform in [0, backoff]; `none`: exactly the backoff. */
  readonly jitter: 'full' | 'none';
  /** Failures after which it tries again; left out: all. */
  readonly retryOn?: readonly FailureClass[];
  /** The base after throttling; left out or null: the same. */
  readonly throttledBaseMicros?: number | null;
  /** Left out: `none`. */
  readonly pace?: 'none' | 'adaptive';
  /** Left out or null: none. */
  readonly budget?: RetryBudgetPolicy | null;
}

export interface ConsumerSpec {
  readonly name: string;
  readonly queue: string;
  readonly startMicros: number;
  /** Messages handled at the same time. */
  readonly concurrency: number;
  /** Messages asked for in one receive (1 to 10). */
  readonly batchSize: number;
  readonly waitTimeMicros: number;
  /** Null: the queue's own. */
  readonly visibilityTimeoutMicros: number | null;
  readonly handler: HandlerSpec;
  /** Extend the lease of a message in work every so often, by the visibility timeout; null: never. */
  readonly extendEveryMicros: number | null;
  /** What a failed handling does. `leave`: nothing, the lease runs out. `release`: negative acknowledge, visible at once. `backoff`: negative acknowledge with a growing delay. */
  readonly onFailure:
    | { readonly kind: 'leave' }
    | { readonly kind: 'release' }
    | { readonly kind: 'backoff'; readonly baseMicros: number; readonly factor: number; readonly capMicros: number };
  readonly retry: RetrySpec;
  /** When it stops in good order; left out or null: never. */
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
  /** RabbitMQ: it declares its queue, and the exchanges and bindings that lead to it, whenever it connects. Left out: false. */
  readonly declares?: boolean;
  /** RabbitMQ: how it is pushed to. */
  readonly subscription?: SubscriptionSettings;
}

export interface HandlerSpec {
  /**
   * `plain`: process, have the effect, acknowledge. `idempotent`: the same, but the sink remembers message ids and has the
   * effect once. `ack-first`: acknowledge, then process (at-most-once). `upsert`: process, set the row of the message's key. `inbox`: process, have the
   * effect and note the id in one transaction.
   */
  readonly kind: 'plain' | 'idempotent' | 'ack-first' | 'upsert' | 'inbox';
  /** `idempotent`: ids that are remembered; left out or null: all. */
  readonly memory?: number | null;
  /** `upsert`: rows that the messages of a producer fall on; left out or null: one for each message. */
  readonly keys?: number | null;
  /** `inbox`: whether effect and note are one transaction; left out: together. */
  readonly transaction?: 'together' | 'apart';
  /** `idempotent`, `inbox`: how long the store takes to look an id up and to note it; left out: no time. */
  readonly noteMicros?: number;
  readonly time: DistributionSpec;
  /** Probability that one handling fails after its service time, without effect. */
  readonly failure: number;
  /** Which messages always fail: every n-th of each producer; 0 for none. */
  readonly poisonEvery: number;
}

/** A distribution as it is said, with micros or bytes for units. */
export type DistributionSpec =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'lognormal'; readonly p50: number; readonly p99: number }
  | { readonly kind: 'pareto'; readonly min: number; readonly shape: number }
  | { readonly kind: 'trace'; readonly file: string; readonly values: readonly number[] };

export interface ExpectSpec {
  readonly promises: readonly PromiseExpectation[];
  readonly thresholds: readonly ThresholdSpec[];
  /** Thresholds are held against intervals of this confidence. Left out or null: against the figures as they were measured. */
  readonly confidence?: ConfidenceLevel | null;
}

export interface PromiseExpectation {
  readonly invariant: string;
  readonly verdict: 'holds' | 'violated' | 'anomaly' | 'not-exercised';
  /** Where `expect:` says so, for annotations. */
  readonly line: number;
  readonly column: number;
}

/** `p99(endToEnd) < 50ms`, taken apart. */
export interface ThresholdSpec {
  readonly expression: string;
  readonly aggregate: string;
  readonly measure: string;
  readonly operator: '<' | '<=' | '>' | '>=' | '==';
  /** In the measure's own unit: microseconds, messages, messages per second, or a plain number. */
  readonly limit: number;
  readonly line: number;
  readonly column: number;
}
