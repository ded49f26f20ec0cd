/** What opening a log finds: first the newest valid checkpoint, if there is one, then every record at and above its position, in order. */
export interface LogVisitor {
  /** The state as of everything below `position`. `bytes` is the visitor's to keep. */
  onCheckpoint(bytes: Uint8Array, position: number): void;
  /** The record is `bytes[offset, offset + length)`; `view` is the same memory. Both are only good during the call: copy what is kept. */
  onRecord(position: number, view: DataView, bytes: Uint8Array, offset: number, length: number): void;
}

/**
 * Bytes of a synced part of the log that are not what was written. They are never served; what follows them is, so that the
 * owner decides: records `[position, nextPosition)` are missing, possibly none of them.
 *
 * | kind | what was found |
 * | --- | --- |
 * | `batch` | bytes whose length, checksum, place or order is wrong: rot, a lost or misdirected write |
 * | `header` | the head of a segment is wrong; its batches could be read all the same |
 * | `gap` | a segment begins later than the one before it ended, or the first begins after the checkpoint |
 * | `overlap` | a segment begins before the one before it ended, and what it repeats was left out |
 * | `checkpoint` | a checkpoint's checksum, length or name is wrong; an older one, or none, was used |
 */
export interface Corruption {
  readonly kind: 'batch' | 'header' | 'gap' | 'overlap' | 'checkpoint';
  /** First missing record. */
  readonly position: number;
  /** First record after the missing ones. Equal to `position` when none is missing. */
  readonly nextPosition: number;
  /** Name of the file. */
  readonly segment: string;
  readonly offset: number;
  readonly lengthBytes: number;
}

/** How many records are missing there; null when that cannot be known: what a checkpoint held may be nowhere else. */
export const missingRecords = ({ kind, position, nextPosition }: Corruption): number | null => (kind === 'checkpoint' ? null : nextPosition - position);

export interface LogRecovery {
  /** Records handed to the visitor. */
  readonly records: number;
  /** Position of the checkpoint that was used, or the log's first position. */
  readonly startPosition: number;
  /** Position of the next record. */
  readonly nextPosition: number;
  /** Bytes cut from the end: written but never synced, and incomplete or out of order. */
  readonly truncatedBytes: number;
  readonly corrupt: readonly Corruption[];
}
