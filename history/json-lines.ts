import { fieldOf, type NumberColumn, readable } from './code-words.js';
import type { RawRow } from './event-row.js';
import { EVENTS } from './events.js';
import type { NameTable } from './name-table.js';

/**
 * One event for reading: names and codes as words, numbers under the names that EVENTS gives them, in this order. What
 * does not apply (no peer, no message) is absent.
 */
export interface EventRow {
  readonly index: number;
  readonly timeMicros: number;
  readonly event: string;
  readonly actor?: string;
  readonly peer?: string;
  readonly dest?: string;
  readonly message?: number;
  readonly copy?: number;
  /** `handle`, `deliveryCount`, `timeoutMicros` …: see EVENTS. */
  readonly [field: string]: string | number | undefined;
}

const numberColumns: readonly NumberColumn[] = ['a', 'b', 'c'];

/** The readable form of a recorded row. */
export function eventRow(row: RawRow, names: Pick<NameTable, 'text'>): EventRow {
  const out: Record<string, string | number> & { index: number; timeMicros: number; event: string } = {
    index: row.index,
    timeMicros: row.timeMicros,
    event: EVENTS[row.kind].name,
  };
  if (row.actor !== 0) out['actor'] = names.text(row.actor);
  if (row.peer !== 0) out['peer'] = names.text(row.peer);
  if (row.dest !== 0) out['dest'] = names.text(row.dest);
  if (row.message !== 0) out['message'] = row.message;
  if (row.copy !== 0) out['copy'] = row.copy;
  for (const column of numberColumns) {
    const field = fieldOf(row.kind, column);
    if (field !== null) out[field] = readable(field, row[column], (id) => names.text(id));
  }
  return out;
}

/** JSON Lines: one event a line, without the line ends. */
export function* jsonLines(rows: Iterable<RawRow>, names: Pick<NameTable, 'text'>): Generator<string> {
  for (const row of rows) yield JSON.stringify(eventRow(row, names));
}
