import type { BoardCopy } from './board.js';
import { readColumns, writeColumns } from './columns.js';
import type { CopyState } from './events.js';

const fields = ['copy', 'message', 'broker', 'queue', 'state', 'consumer', 'handle', 'deliveries', 'untilMicros', 'confirmed'] as const;

/** Receipt handles are told as their distance from the copy that they are made of. */
const HANDLE_SERIALS = 1_048_576;

/** Copies as bytes: a backlog of hundreds of thousands has to find room in a page. */
export function packCopies(copies: readonly BoardCopy[]): Uint8Array {
  return writeColumns(fields.map((field) => copies.map((copy) => packedValue(copy, field))));
}

function packedValue(copy: BoardCopy, field: (typeof fields)[number]): number {
  if (field === 'handle') return copy.handle === 0 ? 0 : copy.handle - copy.copy * HANDLE_SERIALS;
  return Number(copy[field]);
}

/** The copies again. */
export function unpackCopies(bytes: Uint8Array, count: number): BoardCopy[] {
  const columns = readColumns(bytes, fields.length, count);
  return Array.from({ length: count }, (_, row) => {
    const value = (field: (typeof fields)[number]): number => columns[fields.indexOf(field)]![row]!;
    const [copy, handle] = [value('copy'), value('handle')];
    return {
      copy, message: value('message'), broker: value('broker'), queue: value('queue'), state: value('state') as CopyState, consumer: value('consumer'),
      handle: handle === 0 ? 0 : handle + copy * HANDLE_SERIALS, deliveries: value('deliveries'), untilMicros: value('untilMicros'), confirmed: value('confirmed') === 1,
    };
  });
}
