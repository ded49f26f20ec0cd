import type { DiskError } from '../host.js';

/**
 * Why a log cannot do what it was asked.
 *
 * | code | when | what to do |
 * | --- | --- | --- |
 * | `QL_LOG_WRITE_FAILED` | the disk failed to write, or to change a folder | the log is over; start again from the disk |
 * | `QL_LOG_READ_FAILED` | the disk failed to read | a log that was being opened is not open; a read may be tried again |
 * | `QL_LOG_SYNC_FAILED` | a sync failed; what of the unsynced bytes is on the disk is unknown | the log is over; never sync again and hope |
 * | `QL_LOG_DISK_FULL` | no space left for a write | the log is over; make room, then start again |
 * | `QL_LOG_CLOSED` | the log was closed, or has failed before | |
 * | `QL_LOG_OPTIONS` | an option is out of its range | |
 * | `QL_LOG_FENCED` | the log on the disk holds records of a higher epoch than the one it was opened with | |
 * | `QL_LOG_RECORD_TOO_LARGE` | a record or a checkpoint is larger than the format allows | |
 * | `QL_LOG_BACKLOG_FULL` | more bytes wait to be written than `maxPendingBytes` | apply backpressure earlier |
 * | `QL_LOG_BUSY` | a checkpoint, or a retention, was asked for while one is under way | ask again after it |
 * | `QL_LOG_CORRUPT` | a read met bytes that are not what was written | go on after them, knowing what is missing |
 * | `QL_LOG_OUT_OF_RANGE` | a position outside of what the log holds | |
 */
export type LogErrorCode =
  | 'QL_LOG_WRITE_FAILED' | 'QL_LOG_READ_FAILED' | 'QL_LOG_SYNC_FAILED' | 'QL_LOG_DISK_FULL' | 'QL_LOG_CLOSED' | 'QL_LOG_OPTIONS'
  | 'QL_LOG_FENCED' | 'QL_LOG_RECORD_TOO_LARGE' | 'QL_LOG_BACKLOG_FULL' | 'QL_LOG_BUSY' | 'QL_LOG_CORRUPT' | 'QL_LOG_OUT_OF_RANGE';

/** Thrown, or handed to a callback, when a log cannot do what it was asked; {@link LogErrorCode} says when. */
export class LogError extends Error {
  readonly code: LogErrorCode;
  constructor(code: LogErrorCode, message: string, cause?: Error) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LogError';
    this.code = code;
  }
}

export function closedError(): LogError {
  return new LogError('QL_LOG_CLOSED', 'The log is closed.');
}

/** What a failed disk operation means for the log. A full disk has its own code, whichever operation met it. */
export function diskFailure(code: 'QL_LOG_WRITE_FAILED' | 'QL_LOG_READ_FAILED' | 'QL_LOG_SYNC_FAILED', cause: DiskError): LogError {
  return new LogError(cause.code === 'ENOSPC' ? 'QL_LOG_DISK_FULL' : code, `The log's disk failed: ${cause.message}.`, cause);
}
