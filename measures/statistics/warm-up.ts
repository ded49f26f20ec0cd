import { lagOneCorrelation, momentsOf } from './interval.js';

/** Batches that a rest has at least: fewer always look settled. */
const MIN_REST = 5;
/** Two-sided 1 % bound of the correlation with time of values that do not drift, times the root of their number. */
const DRIFT_BOUND = 2.576;
/** Standard errors by which a warm-up differs from what follows, at least. */
const UNLIKE_BOUND = 3;
/** More correlation of neighbours than this is not believed. */
const MAX_CORRELATION = 0.9;

/**
 * Where a run has settled: the number of batches at its beginning to leave out. The method is MSER (White, 1997): leave out so
 * many that the standard error of the mean of the rest is least, and at most half of the run. Where more than half would be better,
 * that may be chance in a run that was settled all along; when its second half drifts it never settled, and the answer is
 * null. (White's rule of five observations a batch, MSER-5, sees what a few dozen larger batches see too.)
 *
 * @param means of equal batches, in order of time
 */
export function warmUpBatches(means: ArrayLike<number>): number | null {
  const half = Math.floor(means.length / 2);
  const anywhere = leastError(means, means.length - MIN_REST);
  if (anywhere > half && isDrifting(means, half)) return null;
  const found = anywhere <= half ? anywhere : leastError(means, half);
  return isUnlike(means, found) ? found : 0;
}

/** True when the first batches differ from the rest by more than chance: the rest says by how much, with neighbours as alike as they are. */
function isUnlike(means: ArrayLike<number>, first: number): boolean {
  if (first === 0) return false;
  const part = (from: number, to: number): Float64Array => Float64Array.from({ length: to - from }, (_, n) => means[from + n]!);
  const rest = part(first, means.length);
  const [start, settled] = [momentsOf(part(0, first)), momentsOf(rest)];
  const correlation = Math.min(MAX_CORRELATION, Math.max(0, lagOneCorrelation(rest)));
  const variance = settled.variance * ((1 + correlation) / (1 - correlation)) * (1 / first + 1 / rest.length);
  return Math.abs(start.mean - settled.mean) > UNLIKE_BOUND * Math.sqrt(variance);
}

/** How many to leave out, at most `most`, for the least standard error. */
function leastError(means: ArrayLike<number>, most: number): number {
  const count = means.length;
  let [sum, squares, best] = [0, 0, 0];
  let bestError = Infinity;
  // From the end, so that sums grow by one batch a step.
  for (let first = count - 1; first >= 0; first--) {
    sum += means[first]!;
    squares += means[first]! * means[first]!;
    if (first > most) continue;
    const left = count - first;
    const error = Math.max(0, squares - (sum * sum) / left) / (left * left);
    if (error <= bestError) {
      bestError = error;
      best = first;
    }
  }
  return best;
}

/** True when values from `first` on go up or down with time, more than chance lets them. */
function isDrifting(means: ArrayLike<number>, first: number): boolean {
  const count = means.length - first;
  const values = Float64Array.from({ length: count }, (_, n) => means[first + n]!);
  const times = Float64Array.from({ length: count }, (_, n) => n);
  const [value, time] = [momentsOf(values), momentsOf(times)];
  let products = 0;
  for (let n = 0; n < count; n++) products += (values[n]! - value.mean) * (times[n]! - time.mean);
  const scale = Math.sqrt(value.variance * time.variance) * (count - 1);
  return scale > 0 && Math.abs(products / scale) * Math.sqrt(count) > DRIFT_BOUND;
}
