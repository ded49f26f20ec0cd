import type { Unit } from '../charts/chart.js';
import type { PlotData } from '../charts/plot-data.js';
import { formatCount, formatDuration, formatRate, formatShare } from '../words/numbers.js';

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
  // A heat map has no lines.
  if (columns[1]?.label === 'until') return [];
  const row = nearest(values[0] as readonly number[], atMicros);
  return columns.slice(1).flatMap(({ label, unit }, index) => {
    const value = values[index + 1]?.[row] ?? null;
    return typeof value === 'number' ? [`${label} ${formats[unit](value)}`] : [];
  });
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
