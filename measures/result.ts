import type { SteadyStateResult } from './statistics/index.js';

/** The figures of a run. Durations in microseconds, rates per second of virtual time. */
export interface MeasuresResult extends Figures {
  readonly latencies: Readonly<Record<string, LatencyResult>>;
  /** Where the end-to-end latency goes. */
  readonly breakdown?: BreakdownResult;
  /** What each consumer did, in the order in which they first received something. */
  readonly consumers?: readonly ConsumerResult[];
  /** What became of the messages of each queue, in the order in which they first had one. */
  readonly queues?: readonly QueueResult[];
  /** What became of the messages of each message group in each queue, in the order in which they first had one. */
  readonly groups?: readonly GroupResult[];
  /** Deliveries of messages that had been delivered before, by what brought them again, the most frequent first. */
  readonly duplicates?: readonly DuplicateResult[];
  /** What brokers refused, by the code of the error, the most frequent first. */
  readonly refusals?: readonly RefusalResult[];
  /** Deliveries of stored copies: how many were the first, the second and so on, as their brokers counted them. */
  readonly deliveries?: readonly RepeatResult[];
  /** Attempts of producers to send a message. */
  readonly attempts?: readonly RepeatResult[];
  /** What the store behind the handlers did to have each effect once. Absent where no handler asks it to. */
  readonly deduplication?: DeduplicationResult;
  /** What machines and links were busy with; the world knows, so that a live run has none. */
  readonly resources?: readonly ResourceResult[];
}

/** What thresholds are held against. */
export interface Figures {
  readonly counts: Readonly<Record<string, number>>;
  readonly rates: Readonly<Record<string, number>>;
  readonly latencies: Readonly<Record<string, LatencyFigures>>;
  /** Levels (backlog and the like): the mean over time from 0 to the end, and the highest at any instant. */
  readonly gauges: Readonly<Record<string, { readonly mean: number; readonly max: number }>>;
  /** How far the means and quantiles above may be trusted as those of a system that has settled. */
  readonly steadyState?: SteadyStateResult;
}

/** Means over the messages that were handled well, and over the slowest of them: at least one in a hundred. */
export interface BreakdownResult {
  readonly count: number;
  readonly slowestCount: number;
  /** In the order in which a message goes through them; the means add up to that of the end-to-end latency. */
  readonly stages: readonly { readonly name: string; readonly meanMicros: number; readonly slowestMeanMicros: number }[];
}

export interface ConsumerResult {
  readonly name: string;
  readonly delivered: number;
  /** Handlings that ended well, failed, or were abandoned. */
  readonly handled: number;
  readonly failed: number;
  readonly abandoned: number;
  /** Time of its handlers, added up over them. */
  readonly busyMicros: number;
}

export interface QueueResult {
  readonly name: string;
  readonly accepted: number;
  /** Copies that came here from another queue with no accept of their own: dead letters of SQS. Absent in results of earlier versions. */
  readonly movedIn?: number;
  readonly leased: number;
  /** Leases of copies that had been leased before. */
  readonly redelivered: number;
  /** Leases that ran out. */
  readonly expired: number;
  readonly acknowledged: number;
  /** Moved from here to a dead-letter queue. */
  readonly deadLettered: number;
  readonly dropped: number;
  /** Messages ready: the mean over time, and the highest at any instant; null for queues beyond the eighth. */
  readonly backlogMean: number | null;
  readonly backlogMax: number | null;
}

export interface GroupResult {
  readonly queue: string;
  readonly name: string;
  /** Copies that took their place in the group. */
  readonly placed: number;
  /** Copies that were received for the first time. */
  readonly received: number;
  readonly acknowledged: number;
  /** From when a copy could be received but for its group until it was received for the first time. */
  readonly waitMeanMicros: number;
  readonly waitMaxMicros: number;
}

export interface DuplicateResult {
  /**
   * `retry`, `routed`: another copy that a send had stored, in the same queue or in another; `redriven`, `dead-lettered`: another copy that
   * was made of one, or one that was moved; `expired`, `channel`, `released`: its lease ran out, its channel ended, it was given back;
   * `recovered`: a recovery read it from the journal; `overlapping`: it was handed out while a lease of it ran; `gone`: it had been removed; `reappeared`: it came back after that;
   * `channel-timed-out`, `consumer-timed-out`: a delivery was not acknowledged in time, for which the broker closed its channel, or cancelled its consumer.
   */
  readonly cause: string;
  readonly count: number;
}

export interface RefusalResult {
  /** As the client hears it: `403 ACCESS_REFUSED`, `InvalidParameterValue`. */
  readonly code: string;
  /** What the broker closed because of it. */
  readonly closed: 'nothing' | 'channel' | 'connection';
  readonly count: number;
}

/** What was done for the n-th time. The last entry stands for all beyond it, too. */
export interface RepeatResult {
  /** 1 for the first time. */
  readonly number: number;
  readonly count: number;
  /** Mean time since the time before; 0 for the first. */
  readonly meanGapMicros: number;
}

export interface ResourceResult {
  /** `broker cpu`, `broker disk`, `worker-1 handlers`, `shop → broker`, `orders.fifo group ada`: a message group of a FIFO queue, busy while a message of it is leased. */
  readonly name: string;
  readonly kind: 'cpu' | 'disk' | 'link' | 'handlers' | 'group';
  /** How many can be at work at the same time. */
  readonly servers: number;
  readonly busyMicros: number;
  /** Busy time as a share of the time from the start until the drain began, and in the busiest step. */
  readonly utilisation: number;
  readonly peak: number;
}

export interface DeduplicationResult {
  /** Ids that were looked up, and those that were found: their effects were not repeated. */
  readonly lookups: number;
  readonly found: number;
  /** Ids that are remembered at the end. */
  readonly remembered: number;
  /** Time that looking up and noting took. */
  readonly busyMicros: number;
}

/** One distribution of durations. A measure of which nothing was seen has `count` 0 and zeros. */
export interface LatencyResult extends LatencyFigures {
  /** The distribution as (fraction at or below, value) points, for the nines axis. */
  readonly quantiles: readonly { readonly quantile: number; readonly micros: number }[];
  /** The whole histogram in HdrHistogram's compressed V2 encoding, base64. */
  readonly histogram: string;
}

export interface LatencyFigures {
  readonly count: number;
  readonly minMicros: number;
  readonly meanMicros: number;
  readonly maxMicros: number;
  readonly p50Micros: number;
  readonly p90Micros: number;
  readonly p95Micros: number;
  readonly p99Micros: number;
  readonly p999Micros: number;
}

/** Time series on one grid of equal steps of virtual time; every list has the same length as `atMicros`. */
export interface SeriesResult {
  readonly stepMicros: number;
  /** Start of each step. */
  readonly atMicros: readonly number[];
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** How many took how long in each step, on a coarser grid: for heat maps. */
  readonly heat?: Readonly<Record<string, HeatResult>>;
}

/** A table of counts by time and duration. */
export interface HeatResult {
  /** Length of a column of virtual time; the first begins at 0. */
  readonly stepMicros: number;
  /** Row `i` holds durations from `boundsMicros[i]` (included) to `boundsMicros[i + 1]`. */
  readonly boundsMicros: readonly number[];
  /** One list a column, one count a row. */
  readonly counts: readonly (readonly number[])[];
}
