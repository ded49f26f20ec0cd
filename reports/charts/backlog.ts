import type { RunResult, SeriesResult } from '../run-result.js';
import { formatCount, formatDuration } from '../words/numbers.js';
import type { Chart, Line } from './chart.js';
import { countAxis } from './count-axis.js';
import { MAX_LINES } from './palette.js';
import { resample } from './resample.js';
import { timeChart } from './time-chart.js';

/** Messages that are ready, in flight and delayed. With few queues the ready ones are shown by queue. */
export function backlogChart(result: RunResult): Chart {
  const endMicros = result.run.virtualMicros;
  let stepMicros = 0;
  const lines: Line[] = levels(result.series).map(({ name, label }) => {
    const resampled = resample(result.series, name, { merge: 'mean', zeroIsMissing: false, endMicros });
    stepMicros = resampled.stepMicros;
    return {
      label,
      points: resampled.values.map((value, index) => ({ x: resampled.atMicros[index] as number, y: value === null ? null : Number(value.toPrecision(5)) })),
    };
  });
  const values = lines.flatMap(({ points }) => points.map((point) => point.y));
  const highest = Math.max(0, ...values.map((value) => value ?? 0));
  return {
    id: 'backlog',
    title: 'Backlog and messages in flight',
    description: `Messages over virtual time, each point the mean of ${formatDuration(stepMicros)}. The highest is ${formatCount(highest)}.`,
    drawing: lines.length === 0 ? { nothing: 'The run was over before anything could be counted.' } : timeChart(result, lines, countAxis('messages', values)),
  };
}

interface Level {
  readonly name: string;
  readonly label: string;
}

const inFlight: Level = { name: 'inFlight', label: 'in flight' };
const delayed: Level = { name: 'delayed', label: 'delayed' };

function levels(series: SeriesResult): Level[] {
  const others = [inFlight, ...(isEverAbove0(series, 'delayed') ? [delayed] : [])].filter(({ name }) => series.values[name] !== undefined);
  const byQueue = Object.keys(series.values)
    .filter((name) => name.startsWith('backlog:') && isEverAbove0(series, name))
    .map((name) => ({ name, label: `ready in ${shorten(name.slice('backlog:'.length))}` }));
  if (byQueue.length > 1 && byQueue.length + others.length <= MAX_LINES) return [...byQueue, ...others];
  return series.values['backlog'] === undefined ? others : [{ name: 'backlog', label: 'ready' }, ...others];
}

function isEverAbove0(series: SeriesResult, name: string): boolean {
  return series.values[name]?.some((value) => value > 0) ?? false;
}

const MAX_NAME = 20;

/** Queues are often told apart by how their names end. */
function shorten(name: string): string {
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME / 2 - 1)}…${name.slice(-MAX_NAME / 2)}`;
}
