import { unpackRows, type PackedRecording } from '../../timeline/packed.js';
import type { RawRow } from '../../../history/index.js';

/** Takes the rows of a packed recording apart, with the browser's own decompression. */
export async function unpack({ rows, count, firstIndex }: PackedRecording): Promise<RawRow[]> {
  const compressed = Uint8Array.from(atob(rows), (character) => character.charCodeAt(0));
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return unpackRows(new Uint8Array(await new Response(stream).arrayBuffer()), count, firstIndex);
}
