import { crc32cOfView } from './crc32c.js';
import { getUint53, setUint53 } from './integers.js';

// A batch on the disk: README.md has the table. All integers are little endian.
const MAGIC = 0x31424c51; // "QLB1"
const AT_MAGIC = 0;
const AT_CRC = 4;
const AT_LENGTH = 8;
const AT_COUNT = 12;
const AT_BASE_POSITION = 16;
const AT_SYNCED_POSITION = 24;
const AT_WALL = 32;
const AT_EPOCH = 40;
const AT_SALT = 44;
const AT_FILE_OFFSET = 48;
const AT_PREVIOUS_CRC = 52;

export const BATCH_HEADER_BYTES = 56;
/** Length in front of each record. */
export const RECORD_HEADER_BYTES = 4;
/** Batches begin at multiples of this, so that a reader who lost its way has few places to try. */
export const BATCH_ALIGNMENT = 8;
/** Largest record: the largest message of any personality (RabbitMQ 3: 128 MiB) with what is said of it. It bounds what a reader believes a length field. */
export const MAX_RECORD_BYTES = 144 * 1024 * 1024;
const MAX_BATCH_BYTES = alignUp(BATCH_HEADER_BYTES + RECORD_HEADER_BYTES + MAX_RECORD_BYTES);

export function alignUp(sizeBytes: number): number {
  return (sizeBytes + BATCH_ALIGNMENT - 1) & -BATCH_ALIGNMENT;
}

/** Where a batch stands and what came before it: the part of its head that is known only when it is written. */
export interface BatchStamp {
  syncedPosition: number;
  wallMicros: number;
  epoch: number;
  salt: number;
  fileOffset: number;
  previousCrc: number;
}

/** Until it is stamped, the head of a batch holds the monotonic time at which it was opened: no record in it is older. */
export const noteOpened = (view: DataView, at: number, micros: number): void => setUint53(view, at + AT_WALL, micros);
export const openedMicros = (view: DataView, at: number): number => getUint53(view, at + AT_WALL);

/** Fills the part of the head that is known when the batch's last record has ended. */
export function closeBatch(view: DataView, at: number, lengthBytes: number, basePosition: number, count: number): void {
  view.setUint32(at + AT_MAGIC, MAGIC, true);
  view.setUint32(at + AT_LENGTH, lengthBytes, true);
  view.setUint32(at + AT_COUNT, count, true);
  setUint53(view, at + AT_BASE_POSITION, basePosition);
}

/** Fills the rest of a closed batch's head and returns its checksum. */
export function stampBatch(view: DataView, at: number, stamp: BatchStamp): number {
  setUint53(view, at + AT_SYNCED_POSITION, stamp.syncedPosition);
  setUint53(view, at + AT_WALL, stamp.wallMicros);
  view.setUint32(at + AT_EPOCH, stamp.epoch, true);
  view.setUint32(at + AT_SALT, stamp.salt, true);
  view.setUint32(at + AT_FILE_OFFSET, stamp.fileOffset, true);
  view.setUint32(at + AT_PREVIOUS_CRC, stamp.previousCrc, true);
  const crc = crc32cOfView(view, at + AT_LENGTH, at + batchLength(view, at));
  view.setUint32(at + AT_CRC, crc, true);
  return crc;
}

export const batchLength = (view: DataView, at: number): number => view.getUint32(at + AT_LENGTH, true);
export const batchCount = (view: DataView, at: number): number => view.getUint32(at + AT_COUNT, true);
export const batchBasePosition = (view: DataView, at: number): number => getUint53(view, at + AT_BASE_POSITION);
/** Every record below this position had survived a sync when the batch was written. */
export const batchSyncedPosition = (view: DataView, at: number): number => getUint53(view, at + AT_SYNCED_POSITION);
export const batchWallMicros = (view: DataView, at: number): number => getUint53(view, at + AT_WALL);
export const batchEpoch = (view: DataView, at: number): number => view.getUint32(at + AT_EPOCH, true);
export const batchSalt = (view: DataView, at: number): number => view.getUint32(at + AT_SALT, true);
export const batchCrc = (view: DataView, at: number): number => view.getUint32(at + AT_CRC, true);

/** What a reader knows of the place where it looks for a batch. */
export interface BatchPlace {
  readonly fileOffset: number;
  /** The segment's mark; -1 when its head could not be read. */
  readonly salt: number;
  /** Checksum of the batch before; -1 when that was lost. */
  readonly previousCrc: number;
  /** Position of the next record. */
  readonly position: number;
  /** Whether records may be missing before this batch, because bytes before it were lost. */
  readonly mayLeaveGap: boolean;
  readonly epoch: number;
  /** Bytes from here to the end of the file. */
  readonly remainingBytes: number;
  /** Mutants `checksum-not-checked` and `torn-tail-accepted`: what is believed without its checksum. */
  readonly believes: 'nothing' | 'last' | 'everything';
}

/** `short`: the window ends before the batch does. */
export type BatchVerdict = 'valid' | 'damaged' | 'short';

/** Bytes that must be in the window from `at` on before {@link inspectBatch} can say more than `short`. */
export function bytesNeeded(view: DataView, at: number): number {
  return view.byteLength - at < BATCH_HEADER_BYTES ? BATCH_HEADER_BYTES : batchLength(view, at);
}

/**
 * Whether the bytes at `at` are the batch that belongs here. The cheap questions come first: a length is not believed before
 * magic, mark and place are right, and nothing is believed before the checksum.
 */
export function inspectBatch(view: DataView, at: number, place: BatchPlace): BatchVerdict {
  if (place.remainingBytes < BATCH_HEADER_BYTES + RECORD_HEADER_BYTES) return 'damaged';
  const windowBytes = view.byteLength - at;
  if (windowBytes < BATCH_HEADER_BYTES) return 'short';
  if (view.getUint32(at + AT_MAGIC, true) !== MAGIC) return 'damaged';
  if (view.getUint32(at + AT_FILE_OFFSET, true) !== place.fileOffset) return 'damaged';
  if (place.salt !== -1 && batchSalt(view, at) !== place.salt) return 'damaged';
  const length = batchLength(view, at);
  const fits = length >= BATCH_HEADER_BYTES + RECORD_HEADER_BYTES && length <= MAX_BATCH_BYTES && length <= place.remainingBytes;
  if (!fits || length % BATCH_ALIGNMENT !== 0) return 'damaged';
  if (windowBytes < length) return 'short';
  const isBelieved = place.believes !== 'nothing' && (place.believes === 'everything' || length === place.remainingBytes);
  if (!isBelieved && crc32cOfView(view, at + AT_LENGTH, at + length) !== batchCrc(view, at)) return 'damaged';
  return isInOrder(view, at, place) && recordsFit(view, at) ? 'valid' : 'damaged';
}

/** Well-formed is not enough: a batch of an earlier life, or of a place that was overwritten, is foreign here. */
function isInOrder(view: DataView, at: number, place: BatchPlace): boolean {
  const base = batchBasePosition(view, at);
  if (place.mayLeaveGap ? base < place.position : base !== place.position) return false;
  if (place.previousCrc !== -1 && view.getUint32(at + AT_PREVIOUS_CRC, true) !== place.previousCrc) return false;
  return batchEpoch(view, at) >= place.epoch && base + batchCount(view, at) <= Number.MAX_SAFE_INTEGER;
}

/** Whether `count` records fill the batch exactly, up to its padding. */
function recordsFit(view: DataView, at: number): boolean {
  const length = batchLength(view, at);
  const count = batchCount(view, at);
  let offset = BATCH_HEADER_BYTES;
  for (let index = 0; index < count; index++) {
    if (offset + RECORD_HEADER_BYTES > length) return false;
    offset += RECORD_HEADER_BYTES + view.getUint32(at + offset, true);
  }
  return count > 0 && alignUp(offset) === length;
}

/** Who is shown the records of a batch. */
export interface RecordVisitor {
  onRecord(position: number, view: DataView, bytes: Uint8Array, offset: number, length: number): void;
}

/** Shows the records of a valid batch at `from` (included) to `to` (excluded). */
export function visitRecords(view: DataView, bytes: Uint8Array, at: number, from: number, to: number, visitor: RecordVisitor): void {
  let position = batchBasePosition(view, at);
  let offset = at + BATCH_HEADER_BYTES;
  for (const end = Math.min(to, position + batchCount(view, at)); position < end; position++) {
    const length = view.getUint32(offset, true);
    offset += RECORD_HEADER_BYTES;
    if (position >= from) visitor.onRecord(position, view, bytes, offset, length);
    offset += length;
  }
}
