/*
 * The buckets of HdrHistogram (Gil Tene, public domain) for integers from 0 at 3 significant digits: single units up to 2047,
 * then 1024 buckets for each doubling, so that a bucket is never wider than a thousandth of its value. The recording is
 * our own because the library's takes the better part of 0.15 µs and goes through Math.log2, whose last bits are not specified.
 */
const SUB_BUCKET_BITS = 11;
const HALF = 1 << (SUB_BUCKET_BITS - 1);
/** Doublings beyond the first 2048 units. */
const DOUBLINGS = 35;
/** Those of the single units: the others come when they are needed. */
const FIRST_BUCKETS = 2 * HALF;
const MOST_BUCKETS = (DOUBLINGS + 2) * HALF;
const TWO_32 = 0x1_0000_0000;

/** Width of a bucket of each doubling: 1, 2, 4 … */
const WIDTHS = new Float64Array(DOUBLINGS + 1).fill(1);
for (let i = 1; i <= DOUBLINGS; i++) WIDTHS[i] = 2 * WIDTHS[i - 1]!;

/** The longest duration that is told apart, 2^46 - 1 microseconds (2.2 years); anything longer counts as this. */
export const HIGHEST_MICROS = 70_368_744_177_663;

export const SIGNIFICANT_DIGITS = 3;

/** What a histogram counted, as it is added to another. */
export interface Counted {
  /** By bucket, as {@link LatencyHistogram.bucketCounts} gives them. */
  readonly counts: Uint32Array;
  readonly minMicros: number;
  readonly maxMicros: number;
  readonly sumMicros: number;
}

/** A distribution of durations in bounded memory (8 KB, and 4 KB more for each doubling: 150 KB at most), exact in count, minimum, maximum and sum. */
export class LatencyHistogram {
  #counts = new Uint32Array(FIRST_BUCKETS);
  #count = 0;
  #sum = 0;
  #min = HIGHEST_MICROS;
  #max = 0;

  /** Counts one duration in integer microseconds; a negative one counts as 0. Returns its bucket. */
  record(micros: number): number {
    const value = micros < 0 ? 0 : micros > HIGHEST_MICROS ? HIGHEST_MICROS : micros;
    const bucket = bucketOf(value);
    if (bucket >= this.#counts.length) this.#grow(bucket + 1);
    this.#counts[bucket]!++;
    this.#count++;
    this.#sum += value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    return bucket;
  }

  /** Twice as far, or as far as needed: to whole doublings. */
  #grow(buckets: number): void {
    const length = Math.max(2 * this.#counts.length, Math.ceil(buckets / HALF) * HALF);
    const counts = new Uint32Array(Math.min(length, MOST_BUCKETS));
    counts.set(this.#counts);
    this.#counts = counts;
  }

  /** Adds what another one counted, exactly: as if both had been counted here. */
  merge({ counts, minMicros, maxMicros, sumMicros }: Counted): void {
    if (counts.length > this.#counts.length) this.#grow(counts.length);
    let added = 0;
    counts.forEach((count, bucket) => {
      this.#counts[bucket]! += count;
      added += count;
    });
    if (added === 0) return;
    this.#count += added;
    this.#sum += sumMicros;
    this.#min = Math.min(this.#min, minMicros);
    this.#max = Math.max(this.#max, maxMicros);
  }

  get count(): number {
    return this.#count;
  }

  /** 0 when nothing was counted, and so the others. */
  get minMicros(): number {
    return this.#count === 0 ? 0 : this.#min;
  }

  get maxMicros(): number {
    return this.#max;
  }

  get sumMicros(): number {
    return this.#sum;
  }

  get meanMicros(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }

  /** The value that `parts` of `whole` of all durations do not exceed, to the width of its bucket; `parts` from 0 to `whole`. */
  quantile(parts: number, whole: number): number {
    return this.valueAtRank(this.#count - Math.floor((this.#count * (whole - parts)) / whole));
  }

  /** Upper end of the bucket that holds the duration of this rank (1 is the shortest), at most the maximum; 0 when there is none. */
  valueAtRank(rank: number): number {
    let seen = 0;
    for (let bucket = bucketOf(this.#min); seen < this.#count; bucket++) {
      seen += this.#counts[bucket]!;
      if (seen >= rank && seen > 0) return Math.min(highestOf(bucket), this.#max);
    }
    return this.#max;
  }

  /**
   * The duration that a share of those in some neighbouring buckets do not exceed: from bucket `first` to before `end`. Upper end of
   * a bucket, at most the maximum; the lowest when nothing was counted there.
   */
  valueWithin(first: number, end: number, share: number): number {
    const counted = Math.min(end, this.#counts.length);
    let inside = 0;
    for (let bucket = first; bucket < counted; bucket++) inside += this.#counts[bucket]!;
    const rank = Math.max(1, Math.ceil(inside * share));
    let seen = 0;
    for (let bucket = first; bucket < counted; bucket++) {
      seen += this.#counts[bucket]!;
      if (seen >= rank) return Math.min(highestOf(bucket), this.#max);
    }
    return first === 0 ? 0 : highestOf(first - 1) + 1;
  }

  /** Calls `visit` for every bucket that is not empty, in ascending order, with its upper end and the count up to there. */
  forEachBucket(visit: (highestMicros: number, cumulative: number) => void): void {
    let seen = 0;
    for (let bucket = bucketOf(this.#min); seen < this.#count; bucket++) {
      const count = this.#counts[bucket]!;
      if (count === 0) continue;
      seen += count;
      visit(Math.min(highestOf(bucket), this.#max), seen);
    }
  }

  /** The counts up to the last that is not 0, as HdrHistogram numbers its buckets. */
  bucketCounts(): Uint32Array {
    return this.#counts.subarray(0, bucketOf(this.#max) + 1);
  }
}

/** HdrHistogram's counts index of an integer in 0 … {@link HIGHEST_MICROS}. */
function bucketOf(value: number): number {
  if (value < 2 * HALF) return value;
  if (value < TWO_32) {
    const shift = 32 - SUB_BUCKET_BITS - Math.clz32(value);
    return shift * HALF + (value >>> shift);
  }
  const shift = 64 - SUB_BUCKET_BITS - Math.clz32(value / TWO_32);
  return shift * HALF + Math.floor(value / WIDTHS[shift]!);
}

/** The largest integer that falls into a bucket. */
function highestOf(bucket: number): number {
  if (bucket < 2 * HALF) return bucket;
  const shift = Math.floor(bucket / HALF) - 1;
  return (bucket - shift * HALF + 1) * WIDTHS[shift]! - 1;
}
