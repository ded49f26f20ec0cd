import type { LatencyHistogram } from '../latency-histogram.js';
import type { Batches } from './batches.js';
import { COARSE_BUCKETS, coarseHighest, firstFine } from './coarse-buckets.js';
import { compound } from './compound.js';
import type { Group } from './grouping.js';
import { type GroupSpread, spreadOfGroups } from './group-spread.js';
import type { Estimate } from './interval.js';
import type { ConfidenceLevel } from './student-t.js';

const THOUSAND = 1_000;
const MEDIAN = 500;
/** Durations beyond a quantile that say as much as independent ones, at least: with fewer, an interval would rest on a single burst. */
const LEAST_BEYOND = 2;

/** The coarse distributions of a settled run, whole and by groups of batches, for quantiles. */
export class GroupedBuckets {
  readonly #batches: Batches;
  readonly #histogram: LatencyHistogram;
  readonly #all = new Float64Array(COARSE_BUCKETS);
  readonly #total: number;
  readonly #groupings: readonly (readonly GroupOfDurations[])[];
  /** How many durations of the run say as much as one independent one, by the spread of the groups' means. */
  readonly #meanEffect: number;

  /** @param means spread of the mean, by grouping */
  constructor(batches: Batches, histogram: LatencyHistogram, groupings: readonly (readonly Group[])[], means: readonly GroupSpread[]) {
    this.#batches = batches;
    this.#histogram = histogram;
    this.#groupings = groupings.map((groups) => groups.map((group) => this.#gather(group)));
    for (const { buckets } of this.#groupings[0]!) add(this.#all, buckets);
    this.#total = this.#groupings[0]!.reduce((sum, { size }) => sum + size, 0);
    const variance = varianceOf(this.#all, this.#total);
    this.#meanEffect = variance === 0 ? 1 : Math.max(1, ...means.map((spread) => (spread.variance * this.#total) / variance));
  }

  /**
   * The order statistics between which the quantile lies, after Woodruff (1952): the interval of the share of durations beyond the quantile, turned into one
   * of durations. Its variance is that of independent durations times the design effect, by the spread of the groups' shares; for a quantile beyond the median at
   * least that of the groups' means, which rests on more than the few durations beyond. The interval is one of the odds of the share, on a logarithmic scale (as surveys
   * make it of small shares): it stays between 0 and 1, and grows wider towards long durations the fewer there were.
   *
   * Null where too few are beyond it. The bound for that is low on purpose: the runs of a load that pass a high one are those that happened to see no burst, and
   * their intervals hold the true quantile far less often than they say. (The groups' own quantiles are no bound: they lie low, and held the true one in half of the runs only.)
   */
  quantile(thousandths: number, level: ConfidenceLevel): Estimate | null {
    const total = this.#total;
    const beyond = (THOUSAND - thousandths) / THOUSAND;
    const rank = Math.max(1, total - Math.floor((total * (THOUSAND - thousandths)) / THOUSAND));
    const at = bucketAt(this.#all, rank);
    const shares = this.#groupings.map((groups) => this.#shareBeyond(groups, at, level));
    const most = Math.max(this.#meanEffect, ...shares.map(({ effect }) => effect));
    const effective = (total * Math.min(beyond, 1 - beyond)) / most;
    if (effective < LEAST_BEYOND) return null;
    const { effect, below, above } = shares.reduce((left, right) => (right.effect * right.above > left.effect * left.above ? right : left));
    // Of the logarithm of the odds.
    const error = Math.sqrt(Math.max(effect, thousandths > MEDIAN ? this.#meanEffect : 1) / (total * beyond * (1 - beyond)));
    // A larger share beyond it than was seen: the quantile lies higher. How much a duration says is itself known the less the fewer there are.
    const lowest = Math.floor(total * (1 - shareBy(beyond, below * error)));
    const highest = Math.ceil(total * (1 - shareBy(beyond, -above * (1 + 1 / effective) * error)));
    return { value: this.#valueAt(rank), low: this.#valueAt(Math.max(1, Math.min(rank, lowest))), high: this.#valueAt(Math.max(rank, highest)) };
  }

  /** The spread of the share beyond a bucket, and its design effect. */
  #shareBeyond(groups: readonly GroupOfDurations[], bucket: number, level: ConfidenceLevel): GroupSpread & { readonly effect: number } {
    const spread = spreadOfGroups(groups.map(({ buckets, size }) => 1 - sumUpTo(buckets, bucket) / size), groups.map(({ size }) => size / this.#total), level);
    const independent = (spread.mean * (1 - spread.mean)) / this.#total;
    return { ...spread, effect: independent === 0 ? 1 : Math.max(1, spread.variance / independent) };
  }

  #gather({ from, to }: Group): GroupOfDurations {
    const buckets = new Float64Array(COARSE_BUCKETS);
    let size = 0;
    for (let batch = from; batch < to; batch++) {
      add(buckets, this.#batches.bucketsOf(batch));
      size += this.#batches.sizeOf(batch);
    }
    return { buckets, size };
  }

  /** The duration of a rank: the bucket is known, and where in it the finer histogram of the whole run says. */
  #valueAt(rank: number): number {
    const bucket = bucketAt(this.#all, rank);
    const inside = rank - (sumUpTo(this.#all, bucket) - this.#all[bucket]!);
    return this.#histogram.valueWithin(firstFine(bucket), firstFine(bucket + 1), inside / Math.max(1, this.#all[bucket]!));
  }
}

/** The share whose odds are those of another, times e to the power of `by`. */
function shareBy(share: number, by: number): number {
  const odds = (share / (1 - share)) * compound(by);
  return odds / (1 + odds);
}

interface GroupOfDurations {
  readonly buckets: Float64Array;
  readonly size: number;
}

function bucketAt(buckets: Float64Array, rank: number): number {
  let seen = 0;
  for (let bucket = 0; bucket < COARSE_BUCKETS; bucket++) {
    seen += buckets[bucket]!;
    if (seen >= rank) return bucket;
  }
  return COARSE_BUCKETS - 1;
}

function add(to: Float64Array, counts: ArrayLike<number>): void {
  for (let bucket = 0; bucket < COARSE_BUCKETS; bucket++) to[bucket]! += counts[bucket]!;
}

function sumUpTo(buckets: Float64Array, last: number): number {
  let sum = 0;
  for (let bucket = 0; bucket <= last; bucket++) sum += buckets[bucket]!;
  return sum;
}

/** Of the durations in some buckets, each taken for the longest of its bucket. */
function varianceOf(buckets: Float64Array, total: number): number {
  let [sum, squares] = [0, 0];
  for (let bucket = 0; bucket < COARSE_BUCKETS; bucket++) {
    const micros = coarseHighest(bucket);
    sum += buckets[bucket]! * micros;
    squares += buckets[bucket]! * micros * micros;
  }
  const mean = sum / total;
  return Math.max(0, squares / total - mean * mean);
}
