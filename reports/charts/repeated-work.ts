import type { RunResult, SeriesResult } from '../run-result.js';
import { duplicateCauses } from '../words/duplicates.js';
import { formatDuration, formatRate } from '../words/numbers.js';
import type { Chart } from './chart.js';
import { linesOverTime } from './lines-over-time.js';
import { rateAxis, rateScale } from './rate-axis.js';

const MICROS_PER_SECOND = 1_000_000;

/** Messages that were delivered again, reached a consumer again, and were dead-lettered, per unit of time. */
export function repeatedWorkChart(result: RunResult): Chart {
  return linesOverTime(withDeadLetterRate(result), {
    id: 'repeated-work',
    title: 'Redeliveries, duplicates and dead letters',
    series: [
      { name: 'redeliveries', label: 'redelivered', merge: 'mean' },
      { name: 'duplicates', label: 'duplicates', merge: 'mean' },
      { name: 'deadLetterRate', label: 'dead-lettered', merge: 'mean' },
    ],
    unit: 'per-second',
    zeroIsMissing: false,
    nothing: 'The run was over before anything could be counted.',
    scale: rateScale,
    axis: rateAxis,
    description: ({ highest, stepMicros }) => highest === 0
      ? 'Nothing was delivered twice or dead-lettered.'
      : `Messages redelivered, received again and dead-lettered over virtual time, each point the mean of ${formatDuration(stepMicros)}. The highest is ${formatRate(highest)}. ${duplicateCauses(result) ?? ''}`.trimEnd(),
  });
}

/** The series of dead letters counts them from the start; drawn is how many came in each step. */
function withDeadLetterRate(result: RunResult): RunResult {
  const { series } = result;
  const totals = series.values['deadLettered'];
  if (totals === undefined) return result;
  const deadLetterRate = totals.map((total, step) => ((total - (totals[step - 1] ?? 0)) * MICROS_PER_SECOND) / series.stepMicros);
  const values: SeriesResult['values'] = { ...series.values, deadLetterRate };
  return { ...result, series: { ...series, values } };
}
