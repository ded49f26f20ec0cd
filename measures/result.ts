/** The figures of a run. Durations in microseconds, rates per second of virtual time. */
export interface MeasuresResult {
  readonly counts: Readonly<Record<string, number>>;
  readonly rates: Readonly<Record<string, number>>;
  readonly latencies: Readonly<Record<string, LatencyResult>>;
  /** Levels (backlog and the like): the mean over time from 0 to the end, and the highest at any instant. */
  readonly gauges: Readonly<Record<string, { readonly mean: number; readonly max: number }>>;
}

/** One distribution of durations. A measure of which nothing was seen has `count` 0 and zeros. */
export interface LatencyResult {
  readonly count: number;
  readonly minMicros: number;
  readonly meanMicros: number;
  readonly maxMicros: number;
  readonly p50Micros: number;
  readonly p90Micros: number;
  readonly p95Micros: number;
  readonly p99Micros: number;
  readonly p999Micros: number;
  /** The distribution as (fraction at or below, value) points, for the nines axis. */
  readonly quantiles: readonly { readonly quantile: number; readonly micros: number }[];
  /** The whole histogram in HdrHistogram's compressed V2 encoding, base64. */
  readonly histogram: string;
}

/** Time series on one grid of equal steps of virtual time; every list has the same length as `atMicros`. */
export interface SeriesResult {
  readonly stepMicros: number;
  /** Start of each step. */
  readonly atMicros: readonly number[];
  readonly values: Readonly<Record<string, readonly number[]>>;
}
