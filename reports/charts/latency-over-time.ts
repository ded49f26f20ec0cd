import type { RunResult } from '../run-result.js';
import { formatDuration } from '../words/numbers.js';
import type { Chart, Line } from './chart.js';
import { durationEncoding } from './duration-axis.js';
import { type Merge, resample } from './resample.js';
import { timeChart } from './time-chart.js';

const series: readonly { readonly name: string; readonly label: string; readonly merge: Merge }[] = [
  { name: 'endToEndP50', label: 'p50', merge: 'median' },
  { name: 'endToEndP99', label: 'p99', merge: 'max' },
  { name: 'endToEndMax', label: 'maximum', merge: 'max' },
];

/** End-to-end latency of the messages that were handled in each step. */
export function latencyOverTimeChart(result: RunResult): Chart {
  const endMicros = result.run.virtualMicros;
  let stepMicros = 0;
  const lines: Line[] = series.map(({ name, label, merge }) => {
    const resampled = resample(result.series, name, { merge, zeroIsMissing: true, endMicros });
    stepMicros = resampled.stepMicros;
    return { label, points: resampled.values.map((y, index) => ({ x: resampled.atMicros[index] as number, y })) };
  });
  const values = lines.flatMap(({ points }) => points.flatMap(({ y }) => (y === null ? [] : [y])));
  return {
    id: 'latency-over-time',
    title: 'End-to-end latency over time',
    description: values.length === 0
      ? 'No message was handled.'
      : `Latency of the messages handled in each ${formatDuration(stepMicros)}, on a logarithmic axis; between ${formatDuration(Math.min(...values))} and ${formatDuration(Math.max(...values))}.`,
    drawing: values.length === 0 ? { nothing: 'No message was handled, so there is no latency to show.' } : timeChart(result, lines, durationEncoding('latency', values)),
  };
}
