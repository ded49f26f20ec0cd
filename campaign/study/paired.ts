import { type ConfidenceLevel, type Estimate, momentsOf, pairedDifference, studentT } from '../../measures/index.js';

/** The third digit that counts: as fine as the histograms of latencies are. */
const FINEST_SHARE = 1e-3;
/** What rounding alone makes of differences that are the same. */
const ROUNDING = 1e-9;
/** With fewer seeds, differences that are all alike say nothing of how far others would spread. */
const FEWEST_ALIKE = 3;

/**
 * How runs of the same seeds differ, seed by seed (second less first), with an interval that two backlogs of 87 instead of 85 do not make certain.
 *
 * | differences          | interval                                                                                    |
 * | -------------------- | ------------------------------------------------------------------------------------------- |
 * | all exactly 0        | 0: the runs are the same                                                                    |
 * | all alike, few seeds | none                                                                                        |
 * | all alike, else      | as if they spread by as much as the figure is measured to: one of a count, its third digit  |
 * | not alike            | that of their mean                                                                          |
 */
export function pairedInterval(first: readonly number[], second: readonly number[], level: ConfidenceLevel): Estimate {
  const differences = first.map((value, n) => second[n]! - value);
  if (differences.every((difference) => difference === 0)) return { value: 0, low: 0, high: 0 };
  const usual = pairedDifference(first, second, level);
  if (!areAlike(differences)) return usual;
  const half = differences.length < FEWEST_ALIKE ? Infinity : (studentT(level, differences.length - 1) * resolutionOf([...first, ...second])) / Math.sqrt(differences.length);
  return { value: usual.value, low: usual.value - half, high: usual.value + half };
}

function areAlike(differences: readonly number[]): boolean {
  const { mean } = momentsOf(differences);
  return differences.every((difference) => Math.abs(difference - mean) <= Math.abs(mean) * ROUNDING);
}

/** How finely figures are measured. */
function resolutionOf(values: readonly number[]): number {
  const third = values.reduce((high, value) => Math.max(high, Math.abs(value)), 0) * FINEST_SHARE;
  return values.every(Number.isInteger) ? Math.max(1, third) : third;
}
