import type { Unit } from '../charts/chart.js';
import type { PlotData } from '../charts/plot-data.js';
import { counted, formatCount, formatDuration, formatRate, formatShare } from '../words/numbers.js';

const formats: Readonly<Record<Unit, (value: number) => string>> = {
  micros: formatDuration,
  'per-second': formatRate,
  messages: formatCount,
  share: (value) => formatShare(value, 1),
  number: formatCount,
  text: String,
};

/** What the lines of a chart are at an instant: `acknowledged 40/s`, one text a line that has a value there. */
export function readAt({ columns, values }: PlotData, atMicros: number): string[] {
  if (columns[1]?.label === 'until') return readHeat(values as readonly (readonly number[])[], atMicros);
  const row = nearest(values[0] as readonly number[], atMicros);
  return columns.slice(1).flatMap(({ label, unit }, index) => {
    const value = values[index + 1]?.[row] ?? null;
    return typeof value === 'number' ? [`${label} ${formats[unit](value)}`] : [];
  });
}

/** What a heat map has at an instant: how many, how long most of them took, and how long all: `12 messages, most of them 50ms to 80ms, all 10ms to 1s`. */
function readHeat([from = [], until = [], low = [], high = [], counts = []]: readonly (readonly number[])[], atMicros: number): string[] {
  const rows = from.flatMap((start, row) => (start <= atMicros && atMicros < until[row]! ? [row] : []));
  if (rows.length === 0) return ['no message'];
  const total = rows.reduce((sum, row) => sum + counts[row]!, 0);
  const most = rows.reduce((left, right) => (counts[right]! > counts[left]! ? right : left));
  const [least, longest] = [Math.min(...rows.map((row) => low[row]!)), Math.max(...rows.map((row) => high[row]!))];
  const span = (start: number, end: number): string => `${formatDuration(start)} to ${formatDuration(end)}`;
  const all = rows.length === 1 ? '' : `, all ${span(least, longest)}`;
  return [`${counted(total, 'message')}, ${rows.length === 1 ? '' : 'most of them '}${span(low[most]!, high[most]!)}${all}`];
}

/** The position of the value that is nearest, in a list that rises. */
function nearest(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - sorted[low - 1]! < sorted[low]! - value ? low - 1 : low;
}
