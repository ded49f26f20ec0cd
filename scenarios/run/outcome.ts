import { evaluate, type MeasuresResult } from '../../measures/index.js';
import type { ThresholdSpec } from '../model.js';
import type { RunResult, ThresholdResult, VerdictResult } from '../run-result.js';

/** Holds every threshold of a scenario against the figures of a run. */
export function judgeThresholds(thresholds: readonly ThresholdSpec[], measures: MeasuresResult): ThresholdResult[] {
  return thresholds.map((threshold) => {
    const { actual, met } = evaluate(measures, threshold);
    return { expression: threshold.expression, actual, met };
  });
}

/**
 * | a verdict is not as expected | a verdict is inconclusive | a threshold is missed | outcome        |
 * | ---------------------------- | ------------------------- | --------------------- | -------------- |
 * | yes                          | any                       | any                   | `broken`       |
 * | no                           | any                       | yes                   | `broken`       |
 * | no                           | yes                       | no                    | `inconclusive` |
 * | no                           | no                        | no                    | `held`         |
 */
export function outcomeOf(
  verdicts: readonly VerdictResult[], thresholds: readonly ThresholdResult[], isCutShort: boolean,
): RunResult['outcome'] {
  const isUndecided = (verdict: VerdictResult): boolean => verdict.verdict === 'inconclusive' && verdict.expected !== 'inconclusive';
  if (verdicts.some((verdict) => !verdict.met && !isUndecided(verdict))) return 'broken';
  if (thresholds.some((threshold) => !threshold.met)) return 'broken';
  return isCutShort || verdicts.some(isUndecided) ? 'inconclusive' : 'held';
}
