import type { RunResult, SeriesResult } from '../run-result.js';
import { formatCount, formatDuration } from '../words/numbers.js';
import type { Chart } from './chart.js';
import { countAxis } from './count-axis.js';
import { isEverAbove0, linesOverTime, type TimeSeries } from './lines-over-time.js';
import { MAX_LINES } from './palette.js';
import { shortenMiddle } from './shorten.js';

/** Messages that are ready, in flight and delayed. With few queues the ready ones are shown by queue. */
export const backlogChart = (result: RunResult): Chart => linesOverTime(result, {
  id: 'backlog',
  title: 'Backlog and messages in flight',
  series: levels(result.series),
  unit: 'messages',
  zeroIsMissing: false,
  nothing: 'The run was over before anything could be counted.',
  axis: (drawn) => countAxis('messages', drawn),
  description: ({ highest, stepMicros }) => `Messages ready and in flight over virtual time, each point the mean of ${formatDuration(stepMicros)}. The highest is ${formatCount(highest)}.`,
});

const inFlight: TimeSeries = { name: 'inFlight', label: 'in flight', merge: 'mean' };
const delayed: TimeSeries = { name: 'delayed', label: 'delayed', merge: 'mean' };

function levels(series: SeriesResult): TimeSeries[] {
  const others = [inFlight, ...(isEverAbove0(series, 'delayed') ? [delayed] : [])].filter(({ name }) => series.values[name] !== undefined);
  const byQueue = Object.keys(series.values)
    .filter((name) => name.startsWith('backlog:') && isEverAbove0(series, name))
    .map((name) => ({ name, label: `ready in ${shortenMiddle(name.slice('backlog:'.length), MAX_NAME)}`, merge: 'mean' as const }));
  if (byQueue.length > 1 && byQueue.length + others.length <= MAX_LINES) return [...byQueue, ...others];
  return series.values['backlog'] === undefined ? others : [{ name: 'backlog', label: 'ready', merge: 'mean' }, ...others];
}

const MAX_NAME = 20;
