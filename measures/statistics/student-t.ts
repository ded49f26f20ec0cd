/** How sure an interval is: the share of intervals made this way that hold the true value. */
export const CONFIDENCE_LEVELS = [0.9, 0.95, 0.99] as const;
/** The level of intervals of which nothing else is said. */
export const USUAL_CONFIDENCE = 0.95;
export type ConfidenceLevel = (typeof CONFIDENCE_LEVELS)[number];

/** Degrees of freedom of the columns beyond 30, where the values hardly change. */
const SPARSE_DEGREES = [40, 60, 120, Infinity];

/**
 * Two-sided critical values of Student's t distribution for 1 to 30 degrees of freedom, then for {@link SPARSE_DEGREES}. A table,
 * because the functions that would compute them are not specified to the last bit.
 */
const CRITICAL: Readonly<Record<ConfidenceLevel, readonly number[]>> = {
  0.9: [
    6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.74, 1.734, 1.729, 1.725,
    1.721, 1.717, 1.714, 1.711, 1.708, 1.706, 1.703, 1.701, 1.699, 1.697, 1.684, 1.671, 1.658, 1.645,
  ],
  0.95: [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
    2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042, 2.021, 2, 1.98, 1.96,
  ],
  0.99: [
    63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.25, 3.169, 3.106, 3.055, 3.012, 2.977, 2.947, 2.921, 2.898, 2.878, 2.861, 2.845,
    2.831, 2.819, 2.807, 2.797, 2.787, 2.779, 2.771, 2.763, 2.756, 2.75, 2.704, 2.66, 2.617, 2.576,
  ],
};
const DENSE_DEGREES = 30;

/**
 * How many standard errors an interval reaches to either side. Between two columns the wider interval is taken.
 *
 * @param degrees degrees of freedom, at least 1: the number of independent values less one
 */
export function studentT(level: ConfidenceLevel, degrees: number): number {
  const row = CRITICAL[level];
  if (degrees <= DENSE_DEGREES) return row[Math.max(1, Math.floor(degrees)) - 1]!;
  const beyond = SPARSE_DEGREES.filter((sparse) => sparse <= degrees).length;
  return row[DENSE_DEGREES - 1 + beyond]!;
}
