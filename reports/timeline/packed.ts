import { type BoardData, EventKind, EVENTS, type RawRow, type Recording } from '../../history/index.js';

/** A recording as it stands in a page: names and the beginning as they are, the rows as bytes of their own. */
export interface PackedRecording {
  readonly names: readonly string[];
  readonly start: BoardData;
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
  const bytes: number[] = [];
  for (const field of fields) {
    let before = 0;
    for (const row of rows) {
      const value = packedValue(row, field);
      writeVarint(bytes, value - before);
      before = value;
    }
  }
  return Uint8Array.from(bytes);
}

function packedValue(row: RawRow, field: NumberField): number {
  if (checksumKinds[row.kind] === field) return 0;
  const value = field === 'a' && handleKinds.has(row.kind) && row.copy > 0 ? row.a - row.copy * HANDLE_SERIALS : row[field];
  return Math.round(value);
}

/** The rows again. */
export function unpackRows(bytes: Uint8Array, count: number, firstIndex: number): RawRow[] {
  const columns = {} as Record<NumberField, Float64Array>;
  let at = 0;
  for (const field of fields) {
    const column = new Float64Array(count);
    let before = 0;
    for (let row = 0; row < count; row++) {
      const read = readVarint(bytes, at);
      at = read.next;
      before += read.value;
      column[row] = before;
    }
    columns[field] = column;
  }
  return Array.from({ length: count }, (_, row) => rowOf(columns, row, firstIndex + row));
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

/** A whole number as the sign in the lowest bit and seven bits a byte. */
function writeVarint(bytes: number[], value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readVarint(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let scale = 1;
  let at = from;
  for (; bytes[at]! >= 128; at++) {
    value += (bytes[at]! - 128) * scale;
    scale *= 128;
  }
  value += bytes[at]! * scale;
  return { value: value % 2 === 1 ? -(value + 1) / 2 : value / 2, next: at + 1 };
}

/** A recording without its rows, and how many there are. */
export const packedHead = ({ names, start, runEvents, rows }: Recording): Omit<PackedRecording, 'rows' | 'violations'> => ({
  names, start, runEvents, count: rows.length, firstIndex: rows[0]?.index ?? 0,
});
