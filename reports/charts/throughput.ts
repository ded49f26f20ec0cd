import type { RunResult } from '../run-result.js';
import { formatDuration, formatRate } from '../words/numbers.js';
import type { Chart } from './chart.js';
import { linesOverTime } from './lines-over-time.js';
import { rateAxis, rateScale } from './rate-axis.js';

/** Messages offered and acknowledged, per unit of time. */
export const throughputChart = (result: RunResult): Chart => linesOverTime(result, {
  id: 'throughput',
  title: 'Throughput',
  series: [{ name: 'throughput', label: 'acknowledged', merge: 'mean' }, { name: 'offered', label: 'offered', merge: 'mean' }],
  unit: 'per-second',
  zeroIsMissing: false,
  nothing: 'The run was over before anything could be counted.',
  scale: rateScale,
  axis: rateAxis,
  description: ({ highest, stepMicros }) => `Messages acknowledged and offered over virtual time, each point the mean of ${formatDuration(stepMicros)}. The highest is ${formatRate(highest)}.`,
});
