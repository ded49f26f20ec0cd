import { type BoardData, type PackedRecording, type RawRow, unpackCopies, unpackRows } from '../../../history/index.js';

/** A recording that can be played. */
export interface Unpacked {
  readonly rows: readonly RawRow[];
  readonly start: BoardData;
}

/** Takes a packed recording apart, with the browser's own decompression. */
export async function unpack({ rows, copies, start, copyCount, count, firstIndex }: PackedRecording): Promise<Unpacked> {
  return {
    rows: unpackRows(await decompressed(rows), count, firstIndex),
    start: { ...start, copies: unpackCopies(await decompressed(copies), copyCount) },
  };
}

async function decompressed(text: string): Promise<Uint8Array> {
  const compressed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
