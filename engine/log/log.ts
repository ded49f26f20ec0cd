import type { LogError } from './errors.js';
import type { Corruption } from './recovery-report.js';
import type { SyncReport } from './syncer.js';

/**
 * An append-only log of records at positions 0, 1, 2 … with one writer.
 *
 * Appending is two calls without allocation; the caller encodes in place:
 *
 *     const offset = log.beginRecord(9);
 *     log.view.setUint8(offset, KIND);
 *     log.view.setFloat64(offset + 1, value, true);
 *     const position = log.endRecord();
 *
 * Records of one instant are written together. While a write is under way, new records gather, and go together when it ends
 * (group commit). {@link LogListener.onDurable} says when replies may leave.
 */
export interface Log {
  /** Position that the next record gets. */
  readonly nextPosition: number;
  /** Every record below this position is durable under the flush policy. */
  readonly durablePosition: number;
  /** Every record below this position has survived a sync: no loss of power can take it. At most `durablePosition`. */
  readonly syncedPosition: number;
  /** First position that the log still holds. */
  readonly startPosition: number;
  /** Bytes of all live segments on the disk. */
  readonly sizeBytes: number;
  readonly liveSegments: number;
  /** Bytes that wait to be written; for backpressure. */
  readonly pendingBytes: number;
  /** Set once the log has failed. Nothing is acknowledged after it. */
  readonly failure: LogError | null;

  /** Where the record begun last is encoded. `beginRecord` may replace it: read it afterwards. */
  readonly bytes: Uint8Array;
  /** The same memory as `bytes`. */
  readonly view: DataView;

  /**
   * Makes room for one record of at most `sizeBytes` bytes and returns its offset in `bytes` and `view`. What the room holds
   * before is undefined. A record that was begun and not ended is forgotten by the next `beginRecord`.
   *
   * @throws {LogError} `QL_LOG_CLOSED`, `QL_LOG_RECORD_TOO_LARGE`, `QL_LOG_BACKLOG_FULL`
   */
  beginRecord(sizeBytes: number): number;
  /**
   * Ends the record that was begun and returns its position.
   *
   * @param actualBytes its size when it is smaller than the room that was asked for
   */
  endRecord(actualBytes?: number): number;

  /** The one listener; replaces an earlier one. */
  setDurableListener(listener: LogListener): void;

  /**
   * Writes a snapshot of everything below `nextPosition`, as of this call: `write` runs inside the call and encodes the
   * state. The file is written beside the log, synced and renamed after the records below it have been synced; a crash at any
   * moment leaves the old checkpoint or the new one. When it is durable, `callback` is told its position, and segments
   * wholly below it are removed.
   *
   * An error while writing the file leaves log and old checkpoint as they were; `QL_LOG_BUSY` while another is under way.
   */
  checkpoint(write: (writer: CheckpointWriter) => void, callback: (error: LogError | null, position: number) => void): void;

  /**
   * Reads durable records from `fromPosition` on, a whole number of batches, until `maxBytes` are reached or the durable
   * end. Each batch is checked before any of its records is shown. `onEnd` says where to go on reading.
   *
   * At bytes that are not what was written it stops with `QL_LOG_CORRUPT` and the range that is missing; reading on from
   * `corruption.nextPosition` serves what follows.
   */
  read(fromPosition: number, maxBytes: number, reader: LogReader): void;

  /** Removes whole closed segments that end at or before `position`. */
  removePrefix(position: number, callback: (error: LogError | null, startPosition: number) => void): void;
  /** Removes whole closed segments, oldest first, while one of the limits is passed. */
  applyRetention(limits: RetentionLimits, callback: (error: LogError | null, startPosition: number) => void): void;

  /** Writes and syncs what is pending and closes the files. Nothing can be appended from the call on. */
  close(callback: (error: LogError | null) => void): void;
}

export interface LogListener {
  /** Every record below `position` is durable. Called in ascending order; may append. */
  onDurable(position: number): void;
  /** Under `interval`: a sync of so many bytes begins. May not append. */
  onSyncBegins?(sizeBytes: number): void;
  /** A sync has succeeded. Called before anything that it made durable is told; may not append. */
  onSynced?(report: SyncReport): void;
  /** The log has failed: what is not durable yet never will be. Called once. */
  onFailure(error: LogError): void;
}

/** Where a snapshot is encoded: one growing array. */
export interface CheckpointWriter {
  /** `reserve` may replace it: read it afterwards. */
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Makes room for `sizeBytes` more bytes and returns their offset. @throws {LogError} `QL_LOG_RECORD_TOO_LARGE` beyond 1 GiB */
  reserve(sizeBytes: number): number;
}

export interface LogReader {
  /** As {@link LogVisitor.onRecord}. */
  onRecord(position: number, view: DataView, bytes: Uint8Array, offset: number, length: number): void;
  /** `nextPosition` is the first record not shown. `corruption` comes with `QL_LOG_CORRUPT` only. */
  onEnd(error: LogError | null, nextPosition: number, corruption: Corruption | null): void;
}

/** Closed segments go while all segments together hold more than `maxBytes`, and when their newest batch is older than `maxAgeMicros` by the wall clock. */
export interface RetentionLimits {
  readonly maxBytes?: number;
  readonly maxAgeMicros?: number;
}
