/**
 * Jain's index of fairness, (Σx)² / (n Σx²): 1 when all have the same, 1 / n when one of n has everything. Of nothing at all, 1.
 * R. Jain, D. Chiu, W. Hawe: A Quantitative Measure of Fairness and Discrimination for Resource Allocation in Shared Computer Systems,
 * DEC Research Report TR-301, 1984.
 */
export function jainIndex(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  return squares === 0 ? 1 : sum ** 2 / (values.length * squares);
}

/** Where the index is from, for readers. */
export const JAIN_SOURCE = "Jain's index is 1 when all have the same, and 1 / n when one of n has everything (R. Jain, D. Chiu, W. Hawe, DEC TR-301, 1984).";
