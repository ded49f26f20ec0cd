import type { DiskError, DiskFile, DiskPort } from '../host.js';
import { crc32cOfView } from './crc32c.js';
import { LogError } from './errors.js';
import { getUint53, setUint53 } from './integers.js';
import type { CheckpointWriter } from './log.js';
import { checkpointName } from './segment-format.js';

// A checkpoint file: README.md has the table.
const MAGIC = 0x31434c51; // "QLC1"
const AT_MAGIC = 0;
const AT_CRC = 4;
const AT_LENGTH = 8;
const AT_POSITION = 16;
const HEADER_BYTES = 32;

export const MAX_CHECKPOINT_BYTES = 1024 * 1024 * 1024;
const FIRST_CAPACITY_BYTES = 64 * 1024;

/** Collects a snapshot behind room for the file's head, so that the file is written from one array. */
export class CheckpointBuffer implements CheckpointWriter {
  bytes = new Uint8Array(FIRST_CAPACITY_BYTES);
  view = new DataView(this.bytes.buffer);
  #tail = HEADER_BYTES;

  reserve(sizeBytes: number): number {
    const start = this.#tail;
    if (start + sizeBytes > HEADER_BYTES + MAX_CHECKPOINT_BYTES) {
      throw new LogError('QL_LOG_RECORD_TOO_LARGE', `A checkpoint may hold ${MAX_CHECKPOINT_BYTES} bytes at most.`);
    }
    this.#tail += sizeBytes;
    if (this.#tail > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.#tail, 2 * this.bytes.length));
      larger.set(this.bytes.subarray(0, start));
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return start;
  }

  /** The whole file of the checkpoint at `position`. */
  finish(position: number): Uint8Array {
    const { view } = this;
    view.setUint32(AT_MAGIC, MAGIC, true);
    setUint53(view, AT_LENGTH, this.#tail - HEADER_BYTES);
    setUint53(view, AT_POSITION, position);
    view.setUint32(AT_CRC, crc32cOfView(view, AT_LENGTH, this.#tail), true);
    return this.bytes.subarray(0, this.#tail);
  }
}

/** The snapshot in a checkpoint file, or null when the file is not what was written under that name. */
export function decodeCheckpoint(file: Uint8Array, position: number): Uint8Array | null {
  if (file.length < HEADER_BYTES) return null;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const isWhole = view.getUint32(AT_MAGIC, true) === MAGIC && getUint53(view, AT_LENGTH) === file.length - HEADER_BYTES;
  const isIts = getUint53(view, AT_POSITION) === position;
  if (!isWhole || !isIts || crc32cOfView(view, AT_LENGTH, file.length) !== view.getUint32(AT_CRC, true)) return null;
  return file.subarray(HEADER_BYTES);
}

/** Reads the checkpoint at `position`; null when it is damaged. */
export function readCheckpoint(
  disk: DiskPort, directory: string, position: number,
  callback: (error: DiskError | null, snapshot: Uint8Array | null, sizeBytes: number) => void,
): void {
  disk.open(`${directory}/${checkpointName(position)}`, { create: false }, (openError, opened) => {
    if (openError !== null) return callback(openError, null, 0);
    const file = opened as DiskFile;
    file.read(0, file.sizeBytes, (error, bytes) => {
      file.close();
      callback(error, error === null ? decodeCheckpoint(bytes, position) : null, bytes.length);
    });
  });
}
