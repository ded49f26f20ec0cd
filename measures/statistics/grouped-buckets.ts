import type { LatencyHistogram } from '../latency-histogram.js';
import type { Batches } from './batches.js';
import { COARSE_BUCKETS, firstFine } from './coarse-buckets.js';
import type { Grouping } from './grouping.js';
import { type Estimate, spreadEstimate } from './interval.js';
import type { ConfidenceLevel } from './student-t.js';

const THOUSAND = 1_000;

/** The coarse distributions of groups of batches, for quantiles. */
export class GroupedBuckets {
  readonly #byGroup: readonly Float64Array[];
  readonly #all = new Float64Array(COARSE_BUCKETS);
  readonly #perGroup: number;
  readonly #histogram: LatencyHistogram;

  constructor(batches: Batches, histogram: LatencyHistogram, { first, perGroup, groups }: Grouping) {
    this.#perGroup = perGroup * batches.size;
    this.#histogram = histogram;
    this.#byGroup = Array.from({ length: groups }, (_, group) => {
      const sum = new Float64Array(COARSE_BUCKETS);
      for (let batch = first + group * perGroup; batch < first + (group + 1) * perGroup; batch++) add(sum, batches.bucketsOf(batch));
      return sum;
    });
    for (const group of this.#byGroup) add(this.#all, group);
  }

  /**
   * The interval of the share of durations up to the quantile, turned into one of durations; null where it reaches beyond the longest
   * duration. (The groups' own quantiles are no bound: they lie low, and held the true one in half of the runs only.)
   */
  quantile(thousandths: number, level: ConfidenceLevel): Estimate | null {
    const total = this.#perGroup * this.#byGroup.length;
    const rank = Math.max(1, total - Math.floor((total * (THOUSAND - thousandths)) / THOUSAND));
    const at = bucketAt(this.#all, rank);
    const shares = Float64Array.from(this.#byGroup, (group) => sumUpTo(group, at) / this.#perGroup);
    const { low, high, value } = spreadEstimate(shares, level);
    const half = ((high - low) / 2) * total;
    // Where nearly all shares are alike, a binomial one at least varies.
    const least = Math.sqrt(total * value * (1 - value));
    const reach = Math.max(half, least);
    const [lowest, highest] = [Math.floor(rank - reach), Math.ceil(rank + reach)];
    // Beyond the longest duration seen nothing is known: then there is no upper end, and no interval.
    if (highest > total) return null;
    return { value: this.#valueAt(rank), low: this.#valueAt(Math.max(1, lowest)), high: this.#valueAt(highest) };
  }

  #valueAt(rank: number): number {
    return this.#valueIn(this.#all, rank);
  }

  /** The duration of a rank: the bucket is known, and where in it the finer histogram of the whole run says. */
  #valueIn(buckets: Float64Array, rank: number): number {
    const bucket = bucketAt(buckets, rank);
    const inside = rank - (sumUpTo(buckets, bucket) - buckets[bucket]!);
    return this.#histogram.valueWithin(firstFine(bucket), firstFine(bucket + 1), inside / Math.max(1, buckets[bucket]!));
  }
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
