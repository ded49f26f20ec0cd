import type { RunResult } from '../run-result.js';
import { formatDuration, formatRate } from '../words/numbers.js';
import type { Chart, Line } from './chart.js';
import { countAxis } from './count-axis.js';
import { resample } from './resample.js';
import { timeChart } from './time-chart.js';

const series = [
  { name: 'throughput', label: 'acknowledged' },
  { name: 'offered', label: 'offered' },
  { name: 'redeliveries', label: 'redelivered' },
] as const;

interface RateUnit {
  readonly name: string;
  readonly seconds: number;
}

const units: readonly RateUnit[] = [
  { name: 'second', seconds: 1 },
  { name: 'minute', seconds: 60 },
  { name: 'hour', seconds: 3_600 },
];

/** Messages offered, acknowledged and redelivered, per unit of time. */
export function throughputChart(result: RunResult): Chart {
  const endMicros = result.run.virtualMicros;
  const resampled = series
    .filter(({ name }) => (result.series.values[name]?.length ?? 0) > 0)
    .map(({ name, label }) => ({ label, ...resample(result.series, name, { merge: 'mean', zeroIsMissing: false, endMicros }) }));
  const stepMicros = resampled[0]?.stepMicros ?? 0;
  const highest = Math.max(0, ...resampled.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const unit = unitFor(highest);
  const lines: Line[] = resampled.map(({ label, atMicros, values }) => ({
    label,
    points: values.map((value, index) => ({ x: atMicros[index] as number, y: value === null ? null : Number((value * unit.seconds).toPrecision(5)) })),
  }));
  const y = countAxis(`messages per ${unit.name}`, lines.flatMap(({ points }) => points.map((point) => point.y)));
  return {
    id: 'throughput',
    title: 'Throughput',
    description: `Messages per ${unit.name} over virtual time, each point the mean of ${formatDuration(stepMicros)}. The highest is ${formatRate(highest)}.`,
    drawing: lines.length === 0 ? { nothing: 'The run was over before anything could be counted.' } : timeChart(result, lines, y),
  };
}

/** The smallest unit in which the highest rate is at least 1. */
function unitFor(perSecond: number): RateUnit {
  if (perSecond === 0) return units[0] as RateUnit;
  return units.find(({ seconds }) => perSecond * seconds >= 1) ?? (units[units.length - 1] as RateUnit);
}
