import { type BoardData, EventKind, EVENTS, type RawRow, type Recording } from '../../history/index.js';
import { readColumns, writeColumns } from './columns.js';

/** A recording as it stands in a page: names and the beginning as they are, the rows as bytes of their own. */
export interface PackedRecording {
  readonly names: readonly string[];
  /** What stood where before the first row; its copies are apart. */
  readonly start: BoardData;
  readonly copyCount: number;
  /** The copies of the beginning, in columns as the rows are. */
  readonly copies: string;
  readonly runEvents: number;
  readonly count: number;
  readonly firstIndex: number;
  /** The columns, one after the other, each as the differences from row to row in as few bytes as they need: compressed, base64. */
  readonly rows: string;
  /** What to jump to: instants of violations, with words. */
  readonly violations: readonly { readonly atMicros: number; readonly message: number; readonly text: string }[];
}

type NumberField = Exclude<keyof RawRow, 'index'>;

/** Receipt handles are told as their distance from the copy that they are made of. */
const HANDLE_SERIALS = 1_048_576;
const fields: readonly NumberField[] = ['timeMicros', 'kind', 'actor', 'peer', 'dest', 'message', 'copy', 'a', 'b', 'c'];

/** Checksums are of no use to a reader, and nothing compresses them. */
const checksumKinds: Readonly<Record<number, 'b' | 'c'>> = { [EventKind.sendInvoke]: 'b', [EventKind.deliver]: 'c' };

/** The columns of rows as bytes. */
export function packRows(rows: readonly RawRow[]): Uint8Array {
  return writeColumns(fields.map((field) => rows.map((row) => packedValue(row, field))));
}

function packedValue(row: RawRow, field: NumberField): number {
  if (checksumKinds[row.kind] === field) return 0;
  const value = field === 'a' && handleKinds.has(row.kind) && row.copy > 0 ? row.a - row.copy * HANDLE_SERIALS : row[field];
  return Math.round(value);
}

/** The rows again. */
export function unpackRows(bytes: Uint8Array, count: number, firstIndex: number): RawRow[] {
  const columns = readColumns(bytes, fields.length, count);
  const byField = Object.fromEntries(fields.map((field, index) => [field, columns[index]!])) as Record<NumberField, Float64Array>;
  return Array.from({ length: count }, (_, row) => rowOf(byField, row, firstIndex + row));
}

function rowOf(columns: Readonly<Record<NumberField, Float64Array>>, row: number, index: number): RawRow {
  const copy = columns.copy[row]!;
  const kind = columns.kind[row] as EventKind;
  const a = columns.a[row]!;
  return {
    index, kind, timeMicros: columns.timeMicros[row]!, actor: columns.actor[row]!, peer: columns.peer[row]!, dest: columns.dest[row]!, message: columns.message[row]!,
    copy, a: handleKinds.has(kind) && copy > 0 ? a + copy * HANDLE_SERIALS : a, b: columns.b[row]!, c: columns.c[row]!,
  };
}

/** Kinds whose `a` is a receipt handle. */
const handleKinds: ReadonlySet<number> = new Set(Object.entries(EVENTS).flatMap(([kind, { a }]) => (a === 'handle' ? [Number(kind)] : [])));

/** A recording without its rows and copies, and how many there are. */
export const packedHead = ({ names, start, runEvents, rows }: Recording): Omit<PackedRecording, 'rows' | 'copies' | 'violations'> => ({
  names, start: { ...start, copies: [] }, copyCount: start.copies.length, runEvents, count: rows.length, firstIndex: rows[0]?.index ?? 0,
});
