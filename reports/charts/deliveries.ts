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
  const again = sum(deliveries.slice(1));
  return {
    ...chart,
    description: again === 0
      ? `${counted(sum(deliveries), 'delivery', 'deliveries')}, each the first of its message.`
      : `${formatCount(again)} of ${counted(sum(deliveries), 'delivery', 'deliveries')} came again; the last was delivery ${deliveries.length} of its message.`,
    ...repeats(deliveries, { name: 'delivery', title: 'deliveries (count)' }),
  };
}

/** The same of attempts to send: none for a run in which each first one was enough. */
export function attemptsChart({ measures: { attempts = [] } }: RunResult): Chart[] {
  const again = sum(attempts.slice(1));
  if (again === 0) return [];
  return [{
    id: 'attempts', title: 'Attempts to send and their backoff', isOverTime: false,
    description: `${formatCount(again)} of ${counted(sum(attempts), 'attempt')} to send were retries; the last was attempt ${attempts.length} for its message.`,
    ...repeats(attempts, { name: 'attempt', title: 'attempts to send (count)' }),
  }];
}

function repeats(entries: readonly RepeatResult[], { name, title }: { readonly name: string; readonly title: string }): Pick<Chart, 'drawing' | 'table'> {
  const rest = entries.slice(MAX_BARS);
  const bars = entries.slice(0, MAX_BARS).map((entry) => ({ label: ordinal(entry.number), value: entry.count, text: words(entry) }));
  if (rest.length > 0) bars.push({ label: 'later ones', value: sum(rest), text: formatCount(sum(rest)) });
  return {
    drawing: barChart({ bars, title, names: name, format: ',d' }),
    table: {
      columns: [{ label: name, unit: 'number' }, { label: 'count', unit: 'messages' }, { label: 'mean time since the one before', unit: 'micros' }],
      rows: entries.map(({ number, count, meanGapMicros }) => [number, count, meanGapMicros]),
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
