import type { LatencyResult, MeasureUnit, SeriesResult } from '../../measures/index.js';
import type { RunResult } from '../../scenarios/index.js';
import type { Basis } from './variant.js';

/**
 * | verdict        | meaning                                                                        |
 * | -------------- | ------------------------------------------------------------------------------ |
 * | `improved`     | the interval of the difference lies on the better side of 0                    |
 * | `regressed`    | it lies on the worse side                                                      |
 * | `changed`      | it does not hold 0, of a figure of which neither more nor less is better       |
 * | `no-change`    | the runs are equal, or the difference is surely smaller than the tolerance     |
 * | `within-noise` | the interval holds 0: chance alone may have made the difference                |
 * | `inconclusive` | nothing bounds the difference: one run each and no interval, or two that differ alike |
 *
 * What is lost and which promises are broken is no matter of intervals: where none was and one is now, it is `regressed`.
 */
export type ComparisonVerdict = 'improved' | 'regressed' | 'changed' | 'no-change' | 'within-noise' | 'inconclusive';

/** What a comparison comes to. Fields are added, never renamed. */
export interface Comparison {
  readonly schema: 'queuelab/comparison/1';
  readonly version: string;
  /** Confidence of the intervals. */
  readonly level: number;
  readonly tolerance: number;
  /** True: the same seeds on both sides, compared one by one. */
  readonly isPaired: boolean;
  /** The first is what the others are held against. */
  readonly variants: readonly VariantSummary[];
  readonly settings: readonly SettingDifference[];
  /** What differs besides, in sentences: each may be why figures differ. */
  readonly warnings: readonly string[];
  /** What the judge said of each promise. */
  readonly promises: readonly ComparedPromise[];
  /** The first of each variant is `lost`. */
  readonly rows: readonly ComparedRow[];
  /** What each variant delivers, by variant. */
  readonly delivery: readonly DeliverySummary[];
}

export interface VariantSummary {
  readonly name: string;
  readonly scenario: { readonly name: string; readonly file: string; readonly sha256: string; readonly overrides: readonly string[] };
  readonly runs: readonly Pick<RunResult, 'seed' | 'fingerprint' | 'outcome' | 'replay'>[];
  /** Over all of its runs. */
  readonly latencies: Readonly<Record<string, LatencyResult>>;
  /** Its runs over time. Absent in comparisons of older versions. */
  readonly overTime?: VariantOverTime;
}

/** The runs of a variant over time, or the first of them. */
export interface VariantOverTime {
  readonly seed: string;
  /** Those of the runs that the series are the means of. Absent in comparisons of older versions: that of the first run alone. */
  readonly seeds?: readonly string[];
  /** The least and the most of the runs at each step of a series; absent of a single run. */
  readonly bands?: Readonly<Record<string, SeriesBand>>;
  /** The faults that struck the first. */
  readonly schedule: RunResult['schedule'];
  readonly run: Pick<RunResult['run'], 'virtualMicros' | 'drainBeganMicros'>;
  readonly series: Omit<SeriesResult, 'heat'>;
}

export interface SeriesBand {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** A setting that is not the same in all variants; null where it does not exist. */
export interface SettingDifference {
  readonly path: string;
  readonly values: readonly (string | null)[];
}

export interface ComparedRow {
  /** Number of the variant that is held against the first. */
  readonly variant: number;
  readonly figure: string;
  readonly unit: MeasureUnit;
  readonly better: 'lower' | 'higher' | null;
  /** What both figures speak of. */
  readonly basis: Basis;
  /** Means over the runs. */
  readonly base: number;
  readonly value: number;
  /** Ends are null where nothing bounds the difference. */
  readonly difference: { readonly value: number; readonly low: number | null; readonly high: number | null };
  readonly verdict: ComparisonVerdict;
}

/** A promise in the runs of the first variant and in those of another. */
export interface ComparedPromise {
  readonly variant: number;
  /** Its id, such as `acked-send-not-lost`. */
  readonly promise: string;
  readonly base: PromiseCounts;
  readonly value: PromiseCounts;
  readonly verdict: ComparisonVerdict;
}

/** Runs by what the judge said of a promise. */
export interface PromiseCounts {
  readonly holds: number;
  readonly violated: number;
  /** Broken where the contract allows it. */
  readonly anomaly: number;
  /** Nothing put it to the test, or it cannot concern the run. */
  readonly notExercised: number;
  readonly inconclusive: number;
}

/** What the producers' messages came to, as means over the runs. */
export interface DeliverySummary {
  readonly accepted: number;
  /** Accepted messages without any effect when the run was over, and effects beyond the first. */
  readonly lost: number;
  readonly duplicated: number;
  readonly p50Micros: number | null;
  readonly p99Micros: number | null;
  readonly throughput: number;
  /** Requests of clients that a message took: sends, receives, acknowledgements, extensions. */
  readonly requestsPerMessage: number;
  readonly brokerCpuMicrosPerMessage: number | null;
  /** Time that handlers worked on a message, repetitions and the next two included. */
  readonly handlingMicrosPerMessage: number;
  /** Ids of messages that the store behind the handlers looked up for a message, how long that took, and how many ids it remembers at the end. */
  readonly lookupsPerMessage: number;
  readonly lookupMicrosPerMessage: number;
  readonly idsRemembered: number;
  readonly syncsPerMessage: number;
}
