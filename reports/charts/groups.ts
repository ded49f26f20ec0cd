import type { RunResult } from '../run-result.js';
import { groupFairness, groupWords, queuesWithGroups } from '../words/groups.js';
import { barChart, barName } from './bars.js';
import type { Chart } from './chart.js';

const MAX_BARS = 20;
const UNITS = [['min', 60_000_000], ['s', 1_000_000], ['ms', 1_000], ['us', 1]] as const;

/** How long messages waited in each message group; none for a run without groups beside one another. */
export function groupsChart({ measures: { groups = [] } }: RunResult): Chart[] {
  const queues = queuesWithGroups(groups);
  if (queues.length === 0) return [];
  const all = queues.flatMap((queue) => [...queue.groups]);
  const longestFirst = [...all].sort((left, right) => right.waitMeanMicros - left.waitMeanMicros || left.name.localeCompare(right.name, 'en', { numeric: true }));
  const shown = longestFirst.slice(0, MAX_BARS);
  const [unit, micros] = UNITS.find(([, length]) => (longestFirst[0]?.waitMeanMicros ?? 0) >= 2 * length) ?? UNITS[UNITS.length - 1]!;
  const nameOf = (queue: string, name: string): string => barName(queues.length === 1 ? name : `${queue}: ${name}`);
  const left = all.length - shown.length;
  return [{
    id: 'groups', title: 'Wait by message group', isOverTime: false,
    description: `Mean time until a message was received for the first time, by message group, the longest first${left > 0 ? ` (${left} more are in the table)` : ''}. ${groupFairness(groups).join(' ')}`,
    drawing: barChart({
      bars: shown.map((group) => ({ label: nameOf(group.queue, group.name), value: group.waitMeanMicros / micros, text: groupWords(group) })),
      title: `mean wait in the queue (${unit})`, names: 'message group', format: ',~g',
    }),
    table: {
      columns: [
        { label: 'queue', unit: 'text' }, { label: 'message group', unit: 'text' }, { label: 'sent', unit: 'messages' }, { label: 'received', unit: 'messages' },
        { label: 'acknowledged', unit: 'messages' }, { label: 'mean wait', unit: 'micros' }, { label: 'longest wait', unit: 'micros' },
      ],
      rows: longestFirst.map(({ queue, name, placed, received, acknowledged, waitMeanMicros, waitMaxMicros }) => [queue, name, placed, received, acknowledged, waitMeanMicros, waitMaxMicros]),
    },
  }];
}
