import { type ConfidenceLevel, separateDifference, USUAL_CONFIDENCE } from '../../measures/index.js';
import { pairedInterval } from './paired.js';
import type { StudyFigure } from './study-figure.js';
import { type Basis, estimateIn, type Variant, valuesOf } from './variant.js';

/** Whether a figure depends on where in a grid it is measured. */
export interface Extremes {
  /** Numbers of the points at which it is least and most. */
  readonly lowest: number;
  readonly highest: number;
  /** How far the two are apart; ends are null where nothing bounds it. */
  readonly difference: { readonly value: number; readonly low: number | null; readonly high: number | null };
  /**
   * | verdict        | meaning                                                              |
   * | -------------- | -------------------------------------------------------------------- |
   * | `same`         | it is the same at all points                                         |
   * | `differs`      | the interval of the difference lies above 0                          |
   * | `within-noise` | it holds 0: chance alone may have made the difference                |
   * | `inconclusive` | nothing bounds it: one run a point and no interval, or two that differ alike |
   */
  readonly verdict: 'same' | 'differs' | 'within-noise' | 'inconclusive';
}

/** Two points that were picked out of many differ more by chance than two that were not. */
const SURE_OF_PICKED: ConfidenceLevel = 0.99;

/** The ends of a figure over the points of a grid, whose runs have the same seeds. Null where fewer than two points have it. */
export function extremesOf(variants: readonly Variant[], figure: StudyFigure, basis: Basis): Extremes | null {
  const measured = variants.flatMap((variant, point) => {
    const estimate = estimateIn(variant, figure, basis);
    return estimate === null ? [] : [{ point, variant, estimate }];
  });
  const [first] = measured;
  if (first === undefined || measured.length < 2) return null;
  const low = measured.reduce((left, right) => (right.estimate.value < left.estimate.value ? right : left), first);
  const high = measured.reduce((left, right) => (right.estimate.value > left.estimate.value ? right : left), first);
  const ends = { lowest: low.point, highest: high.point };
  if (low.estimate.value === high.estimate.value) return { ...ends, difference: { value: 0, low: 0, high: 0 }, verdict: 'same' };
  const [lowValues, highValues] = [valuesOf(low.variant, figure)!, valuesOf(high.variant, figure)!];
  const { value, low: from, high: to } = lowValues.length > 1
    ? pairedInterval(lowValues, highValues, measured.length > 2 ? SURE_OF_PICKED : USUAL_CONFIDENCE)
    : separateDifference(low.estimate, high.estimate);
  if (!Number.isFinite(from) || !Number.isFinite(to)) return { ...ends, difference: { value, low: null, high: null }, verdict: 'inconclusive' };
  return { ...ends, difference: { value, low: from, high: to }, verdict: from > 0 ? 'differs' : 'within-noise' };
}
