import { evaluate, evaluateConfidently, type Figures, isMissed } from '../../measures/index.js';
import type { ExpectSpec } from '../model.js';
import type { RunResult, ThresholdResult, VerdictResult } from '../run-result.js';

/** Holds every threshold of a scenario against the figures of a run, or against their intervals where `expect.confidence` asks for it. */
export function judgeThresholds({ thresholds, confidence = null }: ExpectSpec, figures: Figures): ThresholdResult[] {
  return thresholds.map((threshold) => {
    const { expression } = threshold;
    if (confidence === null) {
      const { actual, met } = evaluate(figures, threshold);
      return { expression, actual, met };
    }
    const { actual, met, interval, isInconclusive } = evaluateConfidently(figures, threshold);
    return { expression, actual, met, ...(interval === null ? {} : { interval }), ...(isInconclusive ? { isInconclusive } : {}) };
  });
}

/**
 * | a verdict is not as expected | a threshold is missed | a verdict or threshold is inconclusive | outcome        |
 * | ---------------------------- | --------------------- | -------------------------------------- | -------------- |
 * | yes                          | any                   | any                                    | `broken`       |
 * | no                           | yes                   | any                                    | `broken`       |
 * | no                           | no                    | yes                                    | `inconclusive` |
 * | no                           | no                    | no                                     | `held`         |
 *
 * A run that stands still, as its scenario expects, leaves other promises open by that: those of which nothing is expected do not count.
 */
export function outcomeOf(
  verdicts: readonly VerdictResult[], thresholds: readonly ThresholdResult[], isCutShort: boolean,
): RunResult['outcome'] {
  if (verdicts.some(({ met, verdict }) => !met && verdict !== 'inconclusive')) return 'broken';
  const isUndecided = ({ verdict, expected }: VerdictResult): boolean => verdict === 'inconclusive' && !(expected === null && standsStillAsExpected(verdicts));
  if (thresholds.some(isMissed)) return 'broken';
  return isCutShort || verdicts.some(isUndecided) || thresholds.some(({ isInconclusive }) => isInconclusive === true) ? 'inconclusive' : 'held';
}

const standsStillAsExpected = (verdicts: readonly VerdictResult[]): boolean =>
  verdicts.some(({ invariant, verdict, expected }) => invariant === 'drains' && verdict === 'violated' && expected === 'violated');
