import type { RepeatResult, RunResult } from '../run-result.js';
import { counted, formatCount, formatDuration } from '../words/numbers.js';
import { barChart } from './bars.js';
import { type Chart, emptyTable } from './chart.js';

/** Bars at most; what is beyond is told together. */
const MAX_BARS = 12;

/** How many deliveries were the first, the second and so on, and how long each came after the one before: retries and their backoff. */
export function deliveriesChart(result: RunResult): Chart {
  const deliveries = result.measures.deliveries ?? [];
  const chart = { id: 'deliveries', title: 'Deliveries and their backoff', isOverTime: false };
  if (deliveries.length === 0) return { ...chart, description: 'Nothing was delivered.', drawing: { nothing: 'Nothing was delivered, or this result does not count deliveries by number.' }, table: emptyTable };
  const shown = deliveries.slice(0, MAX_BARS);
  const rest = deliveries.slice(MAX_BARS);
  const bars = shown.map((entry) => ({ label: ordinal(entry.number), value: entry.count, text: words(entry) }));
  if (rest.length > 0) bars.push({ label: 'later ones', value: sum(rest), text: formatCount(sum(rest)) });
  const again = sum(deliveries.slice(1));
  return {
    ...chart,
    description: again === 0
      ? `${counted(sum(deliveries), 'delivery', 'deliveries')}, each the first of its message.`
      : `${formatCount(again)} of ${counted(sum(deliveries), 'delivery', 'deliveries')} came again; the last was delivery ${deliveries.length} of its message.`,
    drawing: barChart({ bars, title: 'deliveries (count)', names: 'delivery', format: ',d' }),
    table: {
      columns: [{ label: 'delivery', unit: 'number' }, { label: 'count', unit: 'messages' }, { label: 'mean time since the one before', unit: 'micros' }],
      rows: deliveries.map(({ number, count, meanGapMicros }) => [number, count, meanGapMicros]),
    },
  };
}

const sum = (entries: readonly RepeatResult[]): number => entries.reduce((total, { count }) => total + count, 0);
const words = ({ count, meanGapMicros }: RepeatResult): string => `${formatCount(count)}${meanGapMicros > 0 ? `, after ${formatDuration(meanGapMicros)}` : ''}`;

/** 1st, 2nd, 3rd, 4th, 11th. */
function ordinal(number: number): string {
  const teen = number % 100 >= 11 && number % 100 <= 13;
  return `${number}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`;
}
