import { type Estimate, lagOneCorrelation } from './interval.js';
import { type ConfidenceLevel, studentT } from './student-t.js';

/** The mean of some groups of a run, and how far it may be off. */
export interface GroupSpread {
  readonly mean: number;
  /** Of the mean. Where neighbouring groups are alike it is that of a process in which each depends on the one before. */
  readonly variance: number;
  /** How many standard errors (roots of the variance) the interval reaches below and above the mean. */
  readonly below: number;
  readonly above: number;
  readonly groups: number;
  /** Neighbouring groups are more alike than chance makes independent ones. */
  readonly isCorrelated: boolean;
}

/** More correlation than this is not believed: the interval would be without end. */
const MAX_CORRELATION = 0.9;
/** Two-sided 10 % bound of the correlation of independent neighbours, times the root of their number. */
const CORRELATION_BOUND = 1.645;

/**
 * The method of batch means, as N-Skart makes it (Tafazzoli, Steiger and Wilson, 2011): the spread of the groups' means, made wider where neighbours are
 * alike (by what a first-order autoregressive process needs: (1 + r) / (1 - r)), and longer on the side to which they are skewed (Willink, 2005).
 *
 * @param weights share of all values in each group, by which unequal groups count
 */
export function spreadOfGroups(means: ArrayLike<number>, weights: ArrayLike<number>, level: ConfidenceLevel): GroupSpread {
  const count = means.length;
  let mean = 0;
  for (let group = 0; group < count; group++) mean += means[group]! * weights[group]!;
  let [squares, cubes] = [0, 0];
  for (let group = 0; group < count; group++) {
    const distance = (means[group]! - mean) * weights[group]! * count;
    squares += distance * distance;
    cubes += distance * distance * distance;
  }
  const spread = squares / (count - 1);
  const correlation = lagOneCorrelation(means);
  const believed = Math.min(MAX_CORRELATION, Math.max(0, correlation));
  const variance = (spread / count) * ((1 + believed) / (1 - believed));
  const skewness = spread === 0 ? 0 : (cubes * count) / ((count - 1) * (count - 2) * spread * Math.sqrt(spread));
  return { mean, variance, ...reaches(skewness, count, level), groups: count, isCorrelated: correlation * Math.sqrt(count) > CORRELATION_BOUND };
}

/** The mean with its interval. */
export function estimateOfSpread({ mean, variance, below, above }: GroupSpread): Estimate {
  const error = Math.sqrt(variance);
  return { value: mean, low: mean - below * error, high: mean + above * error };
}

/** Standard errors to either side, by Willink: the short side is at least half, and the long side all, of what Student's t says. */
function reaches(skewness: number, count: number, level: ConfidenceLevel): { readonly below: number; readonly above: number } {
  const t = studentT(level, count - 1);
  const skew = skewness / (6 * Math.sqrt(count));
  if (Math.abs(skew) < 1e-9) return { below: t, above: t };
  const turned = (z: number): number => (cubeRoot(1 + 6 * skew * (z - skew)) - 1) / (2 * skew);
  const [below, above] = [turned(t), -turned(-t)];
  return skew > 0 ? { below: Math.max(t / 2, below), above: Math.max(t, above) } : { below: Math.max(t, below), above: Math.max(t / 2, above) };
}

const MAX_STEPS = 64;

/** By Newton's method, which comes to the same bits everywhere; `Math.cbrt` need not. */
export function cubeRoot(value: number): number {
  const size = Math.abs(value);
  let root = Math.max(1, size);
  for (let step = 0; step < MAX_STEPS; step++) root -= (root - size / (root * root)) / 3;
  return value < 0 ? -root : root;
}
