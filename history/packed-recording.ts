import type { BoardData } from './board.js';
import { readColumns, writeColumns } from './columns.js';
import type { RawRow } from './event-row.js';
import { EventKind, EVENTS } from './events.js';
import { type EventRow, eventRow } from './json-lines.js';
import { fieldOf } from './code-words.js';
import type { NameTable } from './name-table.js';
import type { Recording } from './recording.js';

/** A recording as text, for a result or a page. Numbers are in columns, as differences from row to row: compressed (deflate), base64. */
export interface PackedRecording {
  readonly schema: 'queuelab/history/1';
  /** Names of the kinds of events, by their number: what numbers mean may be otherwise in another version. */
  readonly events: readonly string[];
  /** Text of every name, by its number; the first is no name. */
  readonly names: readonly string[];
  /** Events of the whole run. */
  readonly runEvents: number;
  /** How many are here, where in the run the first stands, and between which instants they lie. */
  readonly count: number;
  readonly firstIndex: number;
  readonly fromMicros: number;
  readonly toMicros: number;
  /** What stood where before the first; its copies are apart. */
  readonly start: Omit<BoardData, 'copies'>;
  readonly copyCount: number;
  readonly copies: string;
  readonly rows: string;
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

/** An event as a packed recording keeps it, for reading: without its checksum. */
export function packedEvent(row: RawRow, names: Pick<NameTable, 'text'>): EventRow {
  const [a, b, c] = (['a', 'b', 'c'] as const).map((column) => Math.round(row[column]));
  const event = eventRow({ ...row, timeMicros: Math.round(row.timeMicros), a: a!, b: b!, c: c! }, names);
  const checksum = checksumKinds[row.kind];
  const field = checksum === undefined ? null : fieldOf(row.kind, checksum);
  return field === null ? event : (Object.fromEntries(Object.entries(event).filter(([name]) => name !== field)) as EventRow);
}

/** A recording without what is compressed. */
export function packedHead({ names, start, runEvents, rows }: Recording): Omit<PackedRecording, 'rows' | 'copies'> {
  const { copies, ...others } = start;
  return {
    schema: 'queuelab/history/1', events: eventNames, names, runEvents, count: rows.length, firstIndex: rows[0]?.index ?? 0,
    fromMicros: rows[0]?.timeMicros ?? 0, toMicros: rows[rows.length - 1]?.timeMicros ?? 0, start: others, copyCount: copies.length,
  };
}

const namesByKind = new Map(Object.entries(EVENTS).map(([kind, { name }]) => [Number(kind), name]));
/** Numbers that no kind has are empty. */
const eventNames = Array.from({ length: Math.max(...namesByKind.keys()) + 1 }, (_, kind) => namesByKind.get(kind) ?? '');

/** Whether this version reads the numbers of a packed recording as the one that wrote it. */
export const isReadable = ({ schema, events }: Pick<PackedRecording, 'schema' | 'events'>): boolean =>
  schema === 'queuelab/history/1' && events.every((name, kind) => name === eventNames[kind]);
