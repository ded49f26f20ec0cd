import type { Cell } from '../charts/chart.js';
import type { PlotData } from '../charts/plot-data.js';

const unitNames: Readonly<Record<string, string>> = { micros: ' (microseconds)', 'per-second': ' (per second)', share: ' (share of 1)' };

/** The numbers of a chart as CSV (RFC 4180), with the units in the header. */
export function toCsv({ columns, values }: PlotData): string {
  const header = columns.map(({ label, unit }) => `${label}${unitNames[unit] ?? ''}`);
  const rows = (values[0] ?? []).map((_, row) => columns.map((__, column) => values[column]?.[row] ?? null));
  return [header, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // What a spreadsheet would take for a formula is disarmed.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
