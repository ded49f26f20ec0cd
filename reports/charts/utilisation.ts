import type { RunResult } from '../run-result.js';
import { formatDuration, formatShare } from '../words/numbers.js';
import type { Chart } from './chart.js';
import { linesOverTime } from './lines-over-time.js';
import { MAX_LINES } from './palette.js';
import { shortenMiddle } from './shorten.js';

const PREFIX = 'busy:';
const MAX_NAME = 24;

/** How busy the busiest cores, disks, links and handlers were. */
export const utilisationChart = (result: RunResult): Chart => linesOverTime(result, {
  id: 'utilisation',
  title: 'Utilisation',
  series: Object.keys(result.series.values)
    .filter((name) => name.startsWith(PREFIX))
    .slice(0, MAX_LINES)
    .map((name) => ({ name, label: shortenMiddle(name.slice(PREFIX.length), MAX_NAME), merge: 'mean' as const })),
  unit: 'share',
  zeroIsMissing: false,
  nothing: 'Nothing was busy, or this result does not say what was.',
  scale: () => 100,
  axis: () => ({ title: 'busy (% of the time)', scale: { domain: [0, 100], nice: false, zero: true }, axis: { values: [0, 25, 50, 75, 100] } }),
  description: ({ highest, stepMicros }) => `Share of the time in which the busiest resources were at work, each point the mean of ${formatDuration(stepMicros)}. The highest is ${formatShare(highest, 1)}.`,
});
