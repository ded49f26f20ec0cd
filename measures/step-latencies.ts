import type { HeatResult } from './result.js';
import { addPairs, MAX_STEPS, type StepGrid, type StepTrack } from './step-grid.js';
import { heatOf } from './step-heat.js';

/** Sixteen buckets to a doubling: a value is told to within 6.25 %, and the maximum exactly. */
const SUB_BITS = 4;
const SUB = 1 << SUB_BITS;
const DOUBLINGS = 42;
const BUCKETS = (DOUBLINGS + 1) * SUB;
const TWO_32 = 0x1_0000_0000;

/** How long something took in each step: a coarse histogram and a maximum per step, 1.7 MB in all. */
export class StepLatencies implements StepTrack {
  readonly #buckets = new Uint32Array(MAX_STEPS * BUCKETS);
  readonly #max = new Float64Array(MAX_STEPS);
  readonly #grid: StepGrid;

  constructor(grid: StepGrid) {
    this.#grid = grid;
    grid.add(this);
  }

  /** Counts a duration of at least 0 integer microseconds in the current step. */
  record(micros: number): void {
    const step = this.#grid.step;
    this.#buckets[step * BUCKETS + bucketOf(micros)]!++;
    if (micros > this.#max[step]!) this.#max[step] = micros;
  }

  mergePairs(): void {
    addPairs(this.#buckets, BUCKETS);
    for (let step = 0; step < MAX_STEPS / 2; step++) this.#max[step] = Math.max(this.#max[2 * step]!, this.#max[2 * step + 1]!);
    this.#max.fill(0, MAX_STEPS / 2);
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
    return heatOf({ counts: this.#buckets, buckets: BUCKETS, highestOf }, steps, this.#grid.stepMicros);
  }

  #percentile(step: number, percent: number): number {
    const buckets = this.#buckets.subarray(step * BUCKETS, (step + 1) * BUCKETS);
    let count = 0;
    for (const bucket of buckets) count += bucket;
    const rank = count - Math.floor((count * (100 - percent)) / 100);
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += buckets[bucket]!;
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
