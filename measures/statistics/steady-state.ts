import type { Batches } from './batches.js';
import { COARSE_BUCKETS, coarseHighest } from './coarse-buckets.js';
import { type Estimate, lagOneCorrelation, meanEstimate, momentsOf } from './interval.js';
import { type ConfidenceLevel, studentT } from './student-t.js';
import { warmUpBatches } from './warm-up.js';

/** Quantiles of which intervals are made, in thousandths. */
export const ESTIMATED_QUANTILES = { p50: 500, p90: 900, p95: 950, p99: 990 } as const;
export type EstimatedQuantile = keyof typeof ESTIMATED_QUANTILES;

/** What a run says of the durations of a system that has settled. */
export interface SteadyState {
  readonly level: ConfidenceLevel;
  /** Virtual time until which the run is taken for warming up; 0 when it was settled from the start. */
  readonly warmUpMicros: number;
  /** Durations that the figures rest on. */
  readonly observations: number;
  /** Groups whose means were taken for independent of each other. */
  readonly groups: number;
  /** True: they are not, even though there are few of them. The intervals are too narrow; a longer run would mend that. */
  readonly isCorrelated: boolean;
  readonly mean: Estimate;
  readonly quantiles: Readonly<Record<EstimatedQuantile, Estimate>>;
}

/** Why nothing can be said of a settled system. */
export type Unsettled = 'too-few' | 'never-settled';

/** Groups that are tried, in this order, until their means are independent of each other. */
const GROUPS = [20, 10] as const;
const MIN_OBSERVATIONS = 200;
/** Two-sided 10 % bound of the correlation of independent neighbours, times the root of their number. */
const CORRELATION_BOUND = 1.645;

/**
 * Intervals of one run by the method of batch means: the run without its warm-up is cut into groups so long that their means hardly
 * depend on each other, and the spread of these means says how far off the overall mean may be. For a quantile the same is done with
 * the share of each group that does not exceed it.
 */
export function steadyState(batches: Batches, level: ConfidenceLevel): SteadyState | Unsettled {
  const means = Float64Array.from({ length: batches.count }, (_, batch) => batches.meanOf(batch));
  if (batches.count * batches.size < MIN_OBSERVATIONS || batches.count < GROUPS[0]) return 'too-few';
  const warmUp = warmUpBatches(means);
  if (warmUp === null) return 'never-settled';
  const grouping = chooseGroups(means, warmUp);
  const settled = groupMeans(means, grouping);
  const buckets = new GroupedBuckets(batches, grouping);
  const quantiles = Object.entries(ESTIMATED_QUANTILES).map(([name, thousandths]) => [name, buckets.quantile(thousandths / 1_000, level)]);
  return {
    level,
    warmUpMicros: warmUp === 0 ? 0 : batches.endMicros(warmUp - 1),
    observations: grouping.groups * grouping.perGroup * batches.size,
    groups: grouping.groups,
    isCorrelated: isCorrelated(settled),
    mean: meanEstimate(settled, level),
    quantiles: Object.fromEntries(quantiles) as Record<EstimatedQuantile, Estimate>,
  };
}

/** Batches from `first` on, `perGroup` to a group. */
interface Grouping {
  readonly first: number;
  readonly perGroup: number;
  readonly groups: number;
}

/** As many groups as are independent of each other; batches that do not fill a group are left out with the warm-up. */
function chooseGroups(means: Float64Array, warmUp: number): Grouping {
  const [many, few] = GROUPS.map((groups) => {
    const perGroup = Math.floor((means.length - warmUp) / groups);
    return { first: means.length - groups * perGroup, perGroup, groups };
  }) as [Grouping, Grouping];
  return many.perGroup > 0 && !isCorrelated(groupMeans(means, many)) ? many : few;
}

function groupMeans(means: Float64Array, { first, perGroup, groups }: Grouping): Float64Array {
  return Float64Array.from({ length: groups }, (_, group) => {
    const start = first + group * perGroup;
    return momentsOf(means.subarray(start, start + perGroup)).mean;
  });
}

function isCorrelated(values: Float64Array): boolean {
  return lagOneCorrelation(values) * Math.sqrt(values.length) > CORRELATION_BOUND;
}

/** The coarse distributions of the groups. */
class GroupedBuckets {
  readonly #byGroup: readonly Float64Array[];
  readonly #all = new Float64Array(COARSE_BUCKETS);
  readonly #perGroup: number;

  constructor(batches: Batches, { first, perGroup, groups }: Grouping) {
    this.#perGroup = perGroup * batches.size;
    this.#byGroup = Array.from({ length: groups }, (_, group) => {
      const sum = new Float64Array(COARSE_BUCKETS);
      for (let batch = first + group * perGroup; batch < first + (group + 1) * perGroup; batch++) {
        const buckets = batches.bucketsOf(batch);
        for (let bucket = 0; bucket < COARSE_BUCKETS; bucket++) sum[bucket]! += buckets[bucket]!;
      }
      return sum;
    });
    for (const group of this.#byGroup) for (let bucket = 0; bucket < COARSE_BUCKETS; bucket++) this.#all[bucket]! += group[bucket]!;
  }

  quantile(fraction: number, level: ConfidenceLevel): Estimate {
    const value = this.#valueAt(fraction);
    const shares = this.#byGroup.map((group) => shareUpTo(group, value.bucket) / this.#perGroup);
    const half = studentT(level, shares.length - 1) * Math.sqrt(momentsOf(shares).variance / shares.length);
    return { value: value.micros, low: this.#valueAt(Math.max(0, fraction - half)).micros, high: this.#valueAt(Math.min(1, fraction + half)).micros };
  }

  /** The duration that a fraction of all does not exceed, to the width of its bucket. */
  #valueAt(fraction: number): { readonly bucket: number; readonly micros: number } {
    const total = this.#perGroup * this.#byGroup.length;
    const rank = Math.max(1, total - Math.floor(total * (1 - fraction)));
    let seen = 0;
    for (let bucket = 0; bucket < COARSE_BUCKETS; bucket++) {
      seen += this.#all[bucket]!;
      if (seen >= rank) return { bucket, micros: coarseHighest(bucket) };
    }
    return { bucket: COARSE_BUCKETS - 1, micros: coarseHighest(COARSE_BUCKETS - 1) };
  }
}

function shareUpTo(buckets: Float64Array, last: number): number {
  let sum = 0;
  for (let bucket = 0; bucket <= last; bucket++) sum += buckets[bucket]!;
  return sum;
}
