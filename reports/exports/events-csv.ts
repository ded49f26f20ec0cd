import { stringify } from 'csv-stringify/sync';
import { type EventRow, eventRow, type Recording } from '../../history/index.js';

const COLUMNS = ['index', 'time_micros', 'event', 'actor', 'peer', 'queue', 'message', 'copy', 'details'] as const;
/** Rows that are made into text at a time. */
const BLOCK = 1_000;

/** The events as CSV (RFC 4180), a row an event. What the kinds of events tell besides stands in the last column: `handle=5; deliveryCount=1`. */
export function* eventsCsv({ rows, names }: Recording): Generator<string> {
  const table = { text: (id: number) => names[id] ?? '' };
  yield `${COLUMNS.join(',')}\n`;
  for (let from = 0; from < rows.length; from += BLOCK) {
    // Cells that a spreadsheet would take for a formula are disarmed.
    yield stringify(rows.slice(from, from + BLOCK).map((row) => cells(eventRow(row, table))), { escape_formulas: true });
  }
}

function cells({ index, timeMicros, event, actor, peer, dest, message, copy, ...details }: EventRow): string[] {
  const told = Object.entries(details).map(([field, value]) => `${field}=${String(value)}`).join('; ');
  return [index, timeMicros, event, actor, peer, dest, message, copy, told].map((cell) => String(cell ?? ''));
}
