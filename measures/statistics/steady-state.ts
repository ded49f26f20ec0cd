import type { LatencyHistogram } from '../latency-histogram.js';
import type { Batches } from './batches.js';
import { estimateOfSpread, type GroupSpread, spreadOfGroups } from './group-spread.js';
import { GroupedBuckets } from './grouped-buckets.js';
import { type Group, groupingsOf } from './grouping.js';
import type { Estimate } from './interval.js';
import type { ConfidenceLevel } from './student-t.js';
import { warmUpBatches } from './warm-up.js';

/** Quantiles of which intervals are made, in thousandths. */
export const ESTIMATED_QUANTILES = { p50: 500, p90: 900, p95: 950, p99: 990, p999: 999 } as const;
export type EstimatedQuantile = keyof typeof ESTIMATED_QUANTILES;

/** What a run says of a measure of a system that has settled. */
export interface Settled {
  /** How many of its values, or batches of them, were left out as warm-up. */
  readonly warmUp: number;
  /** Groups whose means bound the mean. */
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
 * The interval of a mean from equal stretches of one run, by the method of batch means: all of the run without its warm-up is cut into
 * groups so long that their means hardly depend on each other, and the spread of these says how far off the overall mean may be.
 */
export function steadyMean(values: Float64Array, level: ConfidenceLevel): Settled | Unsettled {
  if (values.length < MIN_VALUES) return 'too-few';
  const warmUp = warmUpBatches(values);
  if (warmUp === null) return 'never-settled';
  const equal = { sumOf: (value: number): number => values[value]!, sizeOf: () => 1 };
  return { warmUp, ...settledBy(groupingsOf(warmUp, values.length).map((groups) => spreadOver(groups, equal, level))) };
}

/**
 * The same of durations, with intervals of quantiles. `histogram` tells durations apart more finely than the batches do.
 */
export function steadyDurations(batches: Batches, histogram: LatencyHistogram, level: ConfidenceLevel): SettledDurations | Unsettled {
  const whole = batches.batches;
  if (whole * batches.size < MIN_OBSERVATIONS) return 'too-few';
  const warmUp = warmUpBatches(Float64Array.from({ length: whole }, (_, batch) => batches.meanOf(batch)));
  if (warmUp === null) return 'never-settled';
  // What came after the last whole batch belongs to the last group.
  const groupings = groupingsOf(warmUp, whole).map((groups) => [...groups.slice(0, -1), { from: groups.at(-1)!.from, to: whole + 1 }]);
  const sums = {
    sumOf: (batch: number): number => (batch === whole ? batches.restOf(histogram.sumMicros) : batches.meanOf(batch) * batches.size),
    sizeOf: (batch: number): number => batches.sizeOf(batch),
  };
  const spreads = groupings.map((groups) => spreadOver(groups, sums, level));
  const buckets = new GroupedBuckets(batches, histogram, groupings, spreads);
  const quantiles = Object.entries(ESTIMATED_QUANTILES).map(([name, thousandths]) => [name, buckets.quantile(thousandths, level)]);
  return {
    warmUp, ...settledBy(spreads),
    warmUpMicros: warmUp === 0 ? 0 : batches.endMicros(warmUp - 1),
    observations: histogram.count - warmUp * batches.size,
    quantiles: Object.fromEntries(quantiles) as Record<EstimatedQuantile, Estimate | null>,
  };
}

interface Sums {
  readonly sumOf: (value: number) => number;
  readonly sizeOf: (value: number) => number;
}

function spreadOver(groups: readonly Group[], { sumOf, sizeOf }: Sums, level: ConfidenceLevel): GroupSpread {
  const over = ({ from, to }: Group, of: (value: number) => number): number => {
    let sum = 0;
    for (let value = from; value < to; value++) sum += of(value);
    return sum;
  };
  const sizes = groups.map((group) => over(group, sizeOf));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return spreadOfGroups(groups.map((group, index) => over(group, sumOf) / sizes[index]!), sizes.map((size) => size / total), level);
}

/** The widest interval counts; few groups that are still alike are a warning. */
function settledBy(spreads: readonly GroupSpread[]): Omit<Settled, 'warmUp'> {
  const widest = spreads.reduce((left, right) => (widthOf(right) > widthOf(left) ? right : left));
  return { groups: widest.groups, isCorrelated: spreads.at(-1)!.isCorrelated, mean: estimateOfSpread(widest) };
}

const widthOf = ({ variance, below, above }: GroupSpread): number => Math.sqrt(variance) * (below + above);
