import { evaluate, formatFigure, type Threshold, type ThresholdOperator, type ThresholdOutcome } from './aggregate.js';
import { findMeasure, unitOf, type MeasureUnit } from './catalogue.js';
import type { Figures } from './result.js';
import type { Estimate, SteadyMeasure } from './statistics/index.js';

/** What is known when not the sample but the system behind it is judged. */
export interface ConfidentOutcome extends ThresholdOutcome {
  /** The interval as people read it; null for a figure that has none: it is judged as it was measured. */
  readonly interval: string | null;
  /** The interval holds the limit, or there is none where one was needed. Then `met` is false. */
  readonly isInconclusive: boolean;
}

/**
 * Holds a threshold against the interval of a figure instead of the figure itself:
 *
 * | the interval              | verdict      |
 * | ------------------------- | ------------ |
 * | lies within the limit     | met          |
 * | lies beyond the limit     | missed       |
 * | holds the limit           | inconclusive |
 * | could not be found        | inconclusive |
 *
 * Means, quantiles and rates have intervals. Counts, ratios, the least and the most are what they are, and `==` asks for no less.
 *
 * @throws UnknownMeasureError when the measure or its aggregate does not exist
 */
export function evaluateConfidently(measures: Figures, threshold: Threshold): ConfidentOutcome {
  const plain = evaluate(measures, threshold);
  const steady = measures.steadyState?.measures[threshold.measure];
  if (plain.value === null || steady === undefined || !hasInterval(threshold)) return { ...plain, interval: null, isInconclusive: false };
  const estimate = estimateOf(steady, threshold.aggregate);
  if (estimate === null) return { ...plain, met: false, interval: reasons[steady.state], isInconclusive: true };
  const verdict = judge(estimate, threshold.operator, threshold.limit);
  return {
    value: estimate.value,
    actual: formatFigure(tidy(estimate.value), unit(threshold)),
    met: verdict === 'met',
    interval: intervalText(estimate, unit(threshold)),
    isInconclusive: verdict === 'inconclusive',
  };
}

/** True of a threshold that was decided, and against the run. */
export const isMissed = ({ met, isInconclusive }: { readonly met: boolean; readonly isInconclusive?: boolean }): boolean => !met && isInconclusive !== true;

const reasons: Readonly<Record<SteadyMeasure['state'], string>> = {
  settled: 'too little beyond it to bound it',
  'too-few': 'too little was measured',
  'never-settled': 'it never settled',
};

const WITH_INTERVAL: ReadonlySet<string> = new Set(['mean', 'rate', 'p50', 'p90', 'p95', 'p99', 'p999']);
const hasInterval = ({ aggregate, operator }: Threshold): boolean => operator !== '==' && WITH_INTERVAL.has(aggregate);

/** The interval of an aggregate; null where none was found. */
export function estimateOf({ mean, quantiles }: SteadyMeasure, aggregate: string): Estimate | null {
  return aggregate === 'mean' || aggregate === 'rate' ? mean : (quantiles[aggregate] ?? null);
}

/** `38ms to 44ms`. */
export const intervalText = ({ low, high }: Estimate, measureUnit: MeasureUnit): string =>
  `${formatFigure(tidy(low), measureUnit)} to ${formatFigure(tidy(high), measureUnit)}`;

/** Four digits: an interval is not known better than that. */
const tidy = (value: number): number => Number(value.toPrecision(4));

const unit = ({ measure, aggregate }: Threshold): MeasureUnit => unitOf(findMeasure(measure)!.family, aggregate as Parameters<typeof unitOf>[1]);

function judge({ low, high }: Estimate, operator: ThresholdOperator, limit: number): 'met' | 'missed' | 'inconclusive' {
  const isBelow = operator === '<' || operator === '<=';
  const [isWithin, isBeyond] = isBelow ? [high < limit, low >= limit] : [low > limit, high <= limit];
  return isWithin ? 'met' : isBeyond ? 'missed' : 'inconclusive';
}
