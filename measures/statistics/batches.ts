import { type CoarseBuckets, coarseOfFine, COARSE_BUCKETS } from './coarse-buckets.js';

/** So many batches are kept at most; then neighbours are joined. */
const MAX_BATCHES = 64;

/**
 * Durations in the order in which they were seen, cut into batches of equal number. Takes constant memory: when there are too many
 * batches, each two neighbours become one and a batch from then on holds twice as many. Each batch keeps its sum, the time of its
 * end and a coarse distribution. A duration costs one increment; the rest is done when a batch is whole.
 */
export class Batches {
  readonly #sums = new Float64Array(MAX_BATCHES);
  readonly #ends = new Float64Array(MAX_BATCHES);
  readonly #buckets: Uint32Array;
  readonly #isKept: boolean;
  /** The range of buckets that was ever used. */
  #lowest = COARSE_BUCKETS;
  #highest = -1;
  #size = 1;
  /** Whole batches. */
  #whole = 0;
  /** Durations in the batch that is not whole yet. */
  #partial = 0;
  /** Where the buckets of that batch begin. */
  #offset = 0;
  /** Sum of all durations up to the last whole batch. */
  #sumBefore = 0;

  /** @param isKept false when nobody will read them: no batch is ever whole, and no memory used */
  constructor(isKept = true) {
    this.#isKept = isKept;
    this.#buckets = new Uint32Array(isKept ? MAX_BATCHES * COARSE_BUCKETS : 0);
  }

  /** Counts a duration by its bucket in a latency histogram. True when a batch is whole: {@link close} it then. */
  count(fineBucket: number): boolean {
    if (!this.#isKept) return false;
    const bucket = coarseOfFine(fineBucket);
    if (bucket < this.#lowest) this.#lowest = bucket;
    if (bucket > this.#highest) this.#highest = bucket;
    this.#buckets[this.#offset + bucket]!++;
    return ++this.#partial === this.#size;
  }

  /** @param sumMicros of all durations so far */
  close(sumMicros: number, nowMicros: number): void {
    this.#sums[this.#whole] = sumMicros - this.#sumBefore;
    this.#ends[this.#whole] = nowMicros;
    this.#sumBefore = sumMicros;
    this.#partial = 0;
    this.#whole++;
    if (this.#whole === MAX_BATCHES) this.#join();
    this.#offset = this.#whole * COARSE_BUCKETS;
  }

  /** Whole batches so far. */
  get batches(): number {
    return this.#whole;
  }

  /** Durations in each. */
  get size(): number {
    return this.#size;
  }

  /** Durations of a batch: of the one after the last, those since the last was whole. */
  sizeOf(batch: number): number {
    return batch === this.#whole ? this.#partial : this.#size;
  }

  meanOf(batch: number): number {
    return this.#sums[batch]! / this.#size;
  }

  /** Sum of the durations since the last batch was whole. @param sumMicros of all durations */
  restOf(sumMicros: number): number {
    return sumMicros - this.#sumBefore;
  }

  /** When the last of the batch was seen. */
  endMicros(batch: number): number {
    return this.#ends[batch]!;
  }

  /** Durations of one batch by coarse bucket, or of the one after the last; a view that the next one may change. */
  bucketsOf(batch: number): CoarseBuckets {
    return this.#buckets.subarray(batch * COARSE_BUCKETS, (batch + 1) * COARSE_BUCKETS);
  }

  #join(): void {
    const half = MAX_BATCHES / 2;
    for (let batch = 0; batch < half; batch++) {
      this.#sums[batch] = this.#sums[2 * batch]! + this.#sums[2 * batch + 1]!;
      this.#ends[batch] = this.#ends[2 * batch + 1]!;
      for (let bucket = this.#lowest; bucket <= this.#highest; bucket++) {
        const one = 2 * batch * COARSE_BUCKETS + bucket;
        this.#buckets[batch * COARSE_BUCKETS + bucket] = this.#buckets[one]! + this.#buckets[one + COARSE_BUCKETS]!;
      }
    }
    this.#sums.fill(0, half);
    for (let batch = half; batch < MAX_BATCHES; batch++) {
      this.#buckets.fill(0, batch * COARSE_BUCKETS + this.#lowest, batch * COARSE_BUCKETS + this.#highest + 1);
    }
    this.#size *= 2;
    this.#whole = half;
  }
}
