/*
 * Buckets about 3 % wide: single units up to 63, then 32 for each doubling. Coarse enough to be kept for every batch of a run, fine
 * enough to tell in which batches a quantile lies high.
 */
const SUB_BITS = 6;
const HALF = 1 << (SUB_BITS - 1);
const DOUBLINGS = 40;
const TWO_32 = 0x1_0000_0000;
/** 2^46 - 1 microseconds, 2.2 years; anything longer counts as this. */
const HIGHEST = 70_368_744_177_663;

export const COARSE_BUCKETS = (DOUBLINGS + 2) * HALF;

/** Counts by bucket, {@link COARSE_BUCKETS} of them. */
export type CoarseBuckets = Uint32Array;

/** Bucket of an integer from 0. */
export function coarseBucketOf(micros: number): number {
  const value = micros < 0 ? 0 : micros > HIGHEST ? HIGHEST : micros;
  if (value < 2 * HALF) return value;
  if (value < TWO_32) {
    const shift = 32 - SUB_BITS - Math.clz32(value);
    return shift * HALF + (value >>> shift);
  }
  const shift = 64 - SUB_BITS - Math.clz32(value / TWO_32);
  return shift * HALF + Math.floor(value / widthOf(shift));
}

/** Values up to here are buckets of their own in a latency histogram; above, 32 of its buckets make one of these. */
const SINGLE_UNITS = 2048;
const FINE_PER_COARSE = 32;
const OFFSET = 160;

/** The coarse bucket that holds a bucket of a latency histogram. */
export function coarseOfFine(fine: number): number {
  return fine < SINGLE_UNITS ? coarseBucketOf(fine) : (fine >>> 5) + OFFSET;
}

/** The first bucket of a latency histogram that a coarse bucket holds. */
export function firstFine(coarse: number): number {
  if (coarse >= SINGLE_UNITS / FINE_PER_COARSE + OFFSET) return (coarse - OFFSET) * FINE_PER_COARSE;
  return coarse === 0 ? 0 : coarseHighest(coarse - 1) + 1;
}

/** The largest integer that falls into a bucket. */
export function coarseHighest(bucket: number): number {
  if (bucket < 2 * HALF) return bucket;
  const shift = Math.floor(bucket / HALF) - 1;
  return (bucket - shift * HALF + 1) * widthOf(shift) - 1;
}

function widthOf(shift: number): number {
  let width = 1;
  for (let i = 0; i < shift; i++) width *= 2;
  return width;
}
