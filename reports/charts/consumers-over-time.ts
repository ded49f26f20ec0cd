import type { RunResult } from '../run-result.js';
import { formatDuration, formatRate } from '../words/numbers.js';
import type { Chart } from './chart.js';
import { linesOverTime } from './lines-over-time.js';
import { MAX_LINES } from './palette.js';
import { rateAxis, rateScale } from './rate-axis.js';
import { shortenMiddle } from './shorten.js';

const PREFIX = 'handled:';
const MAX_NAME = 20;

/** What each consumer handled well, with as many as can be told apart. */
export function consumersOverTimeChart(result: RunResult): Chart {
  const names = Object.keys(result.series.values).filter((name) => name.startsWith(PREFIX)).sort();
  return linesOverTime(result, {
    id: 'consumers-over-time',
    title: 'Handled by each consumer',
    series: names.length > MAX_LINES ? [] : names.map((name) => ({ name, label: shortenMiddle(name.slice(PREFIX.length), MAX_NAME), merge: 'mean' as const })),
    unit: 'per-second',
    zeroIsMissing: false,
    nothing: names.length > MAX_LINES ? 'There are more consumers than lines that can be told apart; the table has all of them.' : 'There is one consumer at most, or this result does not tell them apart.',
    scale: rateScale,
    axis: rateAxis,
    description: ({ highest, stepMicros }) => `Messages that each consumer handled well over virtual time, each point the mean of ${formatDuration(stepMicros)}. The highest is ${formatRate(highest)}.`,
  });
}
