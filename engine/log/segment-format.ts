import { crc32cOfView } from './crc32c.js';
import { getUint53, setUint53 } from './integers.js';

// The head of a segment file: README.md has the table.
const MAGIC = 0x31534c51; // "QLS1"
const AT_MAGIC = 0;
const AT_CRC = 4;
const AT_SALT = 8;
const AT_FLAGS = 12;
const AT_BASE_POSITION = 16;
const AT_COPIED_POSITION = 24;

export const SEGMENT_HEADER_BYTES = 32;

const SEGMENT_NAME = /^(\d{16})\.log$/;
const CHECKPOINT_NAME = /^(\d{16})\.checkpoint$/;
const TEMPORARY_SUFFIX = '.tmp';

const digits = (position: number): string => String(position).padStart(16, '0');
export const segmentName = (basePosition: number): string => `${digits(basePosition)}.log`;
export const checkpointName = (position: number): string => `${digits(position)}.checkpoint`;
export const temporaryName = (name: string): string => name + TEMPORARY_SUFFIX;
export const isTemporaryName = (name: string): boolean => name.endsWith(TEMPORARY_SUFFIX);

/** Base position in a segment's name, or -1 for another file. */
export const positionOfSegment = (name: string): number => positionIn(SEGMENT_NAME, name);
/** Position in a checkpoint's name, or -1 for another file. */
export const positionOfCheckpoint = (name: string): number => positionIn(CHECKPOINT_NAME, name);

function positionIn(pattern: RegExp, name: string): number {
  const position = Number(pattern.exec(name)?.[1] ?? -1);
  return Number.isSafeInteger(position) ? position : -1;
}

export interface SegmentHeader {
  /** Records from the segment's base up to here were copied from its predecessor, and synced before the file got its name. */
  readonly copiedPosition: number;
  /** Drawn for each segment: bytes of another file, or of an earlier life of this name, do not carry it. */
  readonly salt: number;
  /** The first batch names it as the checksum before it. */
  readonly crc: number;
}

export interface EncodedSegmentHeader extends SegmentHeader {
  readonly bytes: Uint8Array;
}

export function encodeSegmentHeader(basePosition: number, copiedPosition: number, salt: number): EncodedSegmentHeader {
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(AT_MAGIC, MAGIC, true);
  view.setUint32(AT_SALT, salt, true);
  view.setUint32(AT_FLAGS, 0, true);
  setUint53(view, AT_BASE_POSITION, basePosition);
  setUint53(view, AT_COPIED_POSITION, copiedPosition);
  const crc = crc32cOfView(view, AT_SALT, SEGMENT_HEADER_BYTES);
  view.setUint32(AT_CRC, crc, true);
  return { bytes, copiedPosition, salt, crc };
}

/** What is known of a segment whose head is lost. */
export const UNKNOWN_HEADER: SegmentHeader = { copiedPosition: 0, salt: -1, crc: -1 };

/** Null when the bytes are not the head of the segment that begins at `basePosition`. */
export function decodeSegmentHeader(bytes: Uint8Array, basePosition: number): SegmentHeader | null {
  if (bytes.length < SEGMENT_HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const crc = view.getUint32(AT_CRC, true);
  const whole = view.getUint32(AT_MAGIC, true) === MAGIC && crc === crc32cOfView(view, AT_SALT, SEGMENT_HEADER_BYTES);
  const isKnown = view.getUint32(AT_FLAGS, true) === 0 && getUint53(view, AT_BASE_POSITION) === basePosition;
  if (!whole || !isKnown) return null;
  return { copiedPosition: getUint53(view, AT_COPIED_POSITION), salt: view.getUint32(AT_SALT, true), crc };
}
