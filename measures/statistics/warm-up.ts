/**
 * Where a run has settled: the number of batches at its beginning to leave out. The method is MSER (White, 1997): leave out so
 * many that the standard error of the mean of the rest is least, and at most half of the run. Where that half is what it would leave out,
 * more would be better still: the run never settled, and the answer is null. (White's rule of five observations a batch, MSER-5, sees what a few dozen larger batches see too.)
 *
 * @param means of equal batches, in order of time
 */
export function warmUpBatches(means: ArrayLike<number>): number | null {
  const count = means.length;
  let sum = 0;
  let squares = 0;
  let best = 0;
  let bestError = Infinity;
  // From the end, so that sums grow by one batch a step. A few batches alone always look settled.
  for (let first = count - 1; first >= 0; first--) {
    sum += means[first]!;
    squares += means[first]! * means[first]!;
    const left = count - first;
    if (first > count / 2) continue;
    const error = Math.max(0, squares - (sum * sum) / left) / (left * left);
    if (error <= bestError) {
      bestError = error;
      best = first;
    }
  }
  return best === Math.floor(count / 2) ? null : best;
}
