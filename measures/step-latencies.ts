import type { HeatResult } from './result.js';
import { MAX_STEPS, type StepGrid, type StepTrack } from './step-grid.js';
import { heatOf } from './step-heat.js';

/** Sixteen buckets to a doubling: a value is told to within 6.25 %, and the maximum exactly. */
const SUB_BITS = 4;
const SUB = 1 << SUB_BITS;
const DOUBLINGS = 42;
const BUCKETS = (DOUBLINGS + 1) * SUB;
const TWO_32 = 0x1_0000_0000;

/**
 * How long something took in each step: a coarse histogram and a maximum per step, 1.7 MB in all. Most of the table stays empty, and what is never
 * touched costs no memory; so everything goes by the range of buckets that was ever used, and past steps without a sample.
 */
export class StepLatencies implements StepTrack {
  readonly #buckets: Uint32Array;
  readonly #counts: Uint32Array;
  readonly #max: Float64Array;
  readonly #grid: StepGrid;
  #lowest = BUCKETS;
  #highest = -1;

  readonly #isKept: boolean;

  /** @param isKept false when nobody will read it: nothing is counted, and no memory used */
  constructor(grid: StepGrid, isKept = true) {
    this.#grid = grid;
    this.#isKept = isKept;
    this.#buckets = new Uint32Array(isKept ? MAX_STEPS * BUCKETS : 0);
    this.#counts = new Uint32Array(isKept ? MAX_STEPS : 0);
    this.#max = new Float64Array(isKept ? MAX_STEPS : 0);
    if (isKept) grid.add(this);
  }

  /** Counts a duration of at least 0 integer microseconds in the current step. */
  record(micros: number): void {
    if (!this.#isKept) return;
    const step = this.#grid.step;
    const bucket = bucketOf(micros);
    if (bucket < this.#lowest) this.#lowest = bucket;
    if (bucket > this.#highest) this.#highest = bucket;
    this.#buckets[step * BUCKETS + bucket]!++;
    this.#counts[step]!++;
    if (micros > this.#max[step]!) this.#max[step] = micros;
  }

  mergePairs(): void {
    for (let step = 0; step < MAX_STEPS; step++) {
      const into = step >> 1;
      if (this.#counts[step] !== 0 && step !== into) this.#move(step, into);
    }
  }

  /** Adds a step to one before it, which leaves it empty. */
  #move(step: number, into: number): void {
    const buckets = this.#buckets;
    for (let bucket = this.#lowest; bucket <= this.#highest; bucket++) {
      buckets[into * BUCKETS + bucket]! += buckets[step * BUCKETS + bucket]!;
      buckets[step * BUCKETS + bucket] = 0;
    }
    this.#counts[into]! += this.#counts[step]!;
    this.#counts[step] = 0;
    this.#max[into] = Math.max(this.#max[into]!, this.#max[step]!);
    this.#max[step] = 0;
  }

  /** The longest of each step; 0 where nothing was counted. */
  maxima(steps: number): number[] {
    return Array.from(this.#max.subarray(0, steps));
  }

  /** The duration that so many percent of each step's do not exceed: the upper end of its bucket; 0 where nothing was counted. */
  percentiles(steps: number, percent: number): number[] {
    return Array.from({ length: steps }, (_, step) => this.#percentile(step, percent));
  }

  /** The counts on a coarser scale. */
  heat(steps: number): HeatResult {
    const range = { lowest: this.#lowest, highest: this.#highest };
    return heatOf({ counts: this.#buckets, buckets: BUCKETS, ...range, highestOf }, steps, this.#grid.stepMicros);
  }

  #percentile(step: number, percent: number): number {
    const count = this.#counts[step]!;
    const rank = count - Math.floor((count * (100 - percent)) / 100);
    let seen = 0;
    for (let bucket = this.#lowest; bucket <= this.#highest && count > 0; bucket++) {
      seen += this.#buckets[step * BUCKETS + bucket]!;
      if (seen >= rank && seen > 0) return Math.min(highestOf(bucket), this.#max[step]!);
    }
    return 0;
  }
}

function bucketOf(micros: number): number {
  if (micros < SUB) return micros;
  if (micros < TWO_32) {
    const shift = 31 - SUB_BITS - Math.clz32(micros);
    return (shift << SUB_BITS) + (micros >>> shift);
  }
  const high = Math.floor(micros / TWO_32);
  const shift = 31 - SUB_BITS - Math.clz32(high);
  // The top bits of the value, for 32 doublings more; with fewer than that in the high word they come from both.
  const top = shift >= 0 ? high >>> shift : Math.floor((micros / TWO_32) * (1 << -shift));
  return Math.min(BUCKETS - 1, ((shift + 32) << SUB_BITS) + top);
}

function highestOf(bucket: number): number {
  if (bucket < 2 * SUB) return bucket;
  const shift = (bucket >> SUB_BITS) - 1;
  let width = 1;
  for (let i = 0; i < shift; i++) width *= 2;
  return ((bucket & (SUB - 1)) + SUB + 1) * width - 1;
}
