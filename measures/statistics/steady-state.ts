import type { LatencyHistogram } from '../latency-histogram.js';
import type { Batches } from './batches.js';
import { chooseGroups, type Grouping, groupMeans, isCorrelated } from './grouping.js';
import { type Estimate, spreadEstimate } from './interval.js';
import { GroupedBuckets } from './grouped-buckets.js';
import type { ConfidenceLevel } from './student-t.js';
import { warmUpBatches } from './warm-up.js';

/** Quantiles of which intervals are made, in thousandths. */
export const ESTIMATED_QUANTILES = { p50: 500, p90: 900, p95: 950, p99: 990, p999: 999 } as const;
export type EstimatedQuantile = keyof typeof ESTIMATED_QUANTILES;

/** What a run says of a measure of a system that has settled. */
export interface Settled {
  /** How many of its values, or batches of them, were left out as warm-up. */
  readonly warmUp: number;
  /** Groups whose means were taken for independent of each other. */
  readonly groups: number;
  /** True: they are not, even though there are few of them. The intervals are made wider for it; a longer run would mend that. */
  readonly isCorrelated: boolean;
  readonly mean: Estimate;
}

/** The same of durations. */
export interface SettledDurations extends Settled {
  /** Virtual time until which the run is taken for warming up; 0 when it was settled from the start. */
  readonly warmUpMicros: number;
  /** Durations that the figures rest on. */
  readonly observations: number;
  /** Null where there are too few durations beyond the quantile to bound it. */
  readonly quantiles: Readonly<Record<EstimatedQuantile, Estimate | null>>;
}

/** Why nothing can be said of a settled system. */
export type Unsettled = 'too-few' | 'never-settled';

const MIN_OBSERVATIONS = 200;
const MIN_VALUES = 20;

/**
 * The interval of a mean from equal stretches of one run, by the method of batch means: the run without its warm-up is cut into
 * groups so long that their means hardly depend on each other, and the spread of these says how far off the overall mean may be.
 */
export function steadyMean(values: Float64Array, level: ConfidenceLevel): Settled & { readonly grouping: Grouping } | Unsettled {
  if (values.length < MIN_VALUES) return 'too-few';
  const warmUp = warmUpBatches(values);
  if (warmUp === null) return 'never-settled';
  const grouping = chooseGroups(values, warmUp);
  const means = groupMeans(values, grouping);
  return { warmUp, groups: grouping.groups, isCorrelated: isCorrelated(means), mean: spreadEstimate(means, level), grouping };
}

/**
 * The same of durations. For a quantile the means are those of the share of each group that does not exceed it; the interval of the
 * share is turned into one of durations. `histogram` tells durations apart more finely than the batches do.
 */
export function steadyDurations(batches: Batches, histogram: LatencyHistogram, level: ConfidenceLevel): SettledDurations | Unsettled {
  if (batches.batches * batches.size < MIN_OBSERVATIONS) return 'too-few';
  const settled = steadyMean(Float64Array.from({ length: batches.batches }, (_, batch) => batches.meanOf(batch)), level);
  if (typeof settled === 'string') return settled;
  const { grouping, ...state } = settled;
  const buckets = new GroupedBuckets(batches, histogram, grouping);
  const quantiles = Object.entries(ESTIMATED_QUANTILES).map(([name, thousandths]) => [name, buckets.quantile(thousandths, level)]);
  return {
    ...state,
    warmUpMicros: state.warmUp === 0 ? 0 : batches.endMicros(state.warmUp - 1),
    observations: grouping.groups * grouping.perGroup * batches.size,
    quantiles: Object.fromEntries(quantiles) as Record<EstimatedQuantile, Estimate | null>,
  };
}
