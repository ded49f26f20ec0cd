import type { RunResult } from '../run-result.js';
import { formatDuration } from '../words/numbers.js';
import type { Chart } from './chart.js';
import { durationEncoding } from './duration-axis.js';
import { linesOverTime, type TimeSeries } from './lines-over-time.js';

const endToEnd: readonly TimeSeries[] = [
  { name: 'endToEndP50', label: 'p50', merge: 'median' },
  { name: 'endToEndP99', label: 'p99', merge: 'max' },
  { name: 'endToEndMax', label: 'maximum', merge: 'max' },
];

const sends: readonly TimeSeries[] = [
  { name: 'sendP50', label: 'response, p50', merge: 'median' },
  { name: 'sendP99', label: 'response, p99', merge: 'max' },
  { name: 'sendServiceP50', label: 'service, p50', merge: 'median' },
  { name: 'sendServiceP99', label: 'service, p99', merge: 'max' },
];

/** End-to-end latency of the messages that were handled in each step. */
export const latencyOverTimeChart = (result: RunResult): Chart =>
  latencies(result, { id: 'latency-over-time', title: 'End-to-end latency over time', series: endToEnd, what: 'messages handled', none: 'No message was handled' });

/** Sends twice: from the time they were intended for, and from when they began. */
export const sendLatencyChart = (result: RunResult): Chart =>
  latencies(result, { id: 'send-latency', title: 'Sends: response and service time', series: sends, what: 'sends accepted', none: 'No send was accepted' });

interface Latencies {
  readonly id: string;
  readonly title: string;
  readonly series: readonly TimeSeries[];
  readonly what: string;
  readonly none: string;
}

const latencies = (result: RunResult, { id, title, series, what, none }: Latencies): Chart => linesOverTime(result, {
  id, title, series,
  unit: 'micros',
  zeroIsMissing: true,
  nothing: `${none}, so there is no latency to show.`,
  axis: (drawn) => durationEncoding('latency', drawn.flatMap((value) => (value === null ? [] : [value]))),
  description: ({ highest, lowest, stepMicros }) => highest === 0
    ? `${none}.`
    : `Latency of the ${what} in each ${formatDuration(stepMicros)}, on a logarithmic axis; between ${formatDuration(lowest)} and ${formatDuration(highest)}.`,
});
