import type { Mutations } from '../mutants/index.js';

/**
 * When a record counts as durable, so that a reply may depend on it.
 *
 * | policy | a record is durable when | what a loss of power can take |
 * | --- | --- | --- |
 * | `always` | its bytes are written and synced | nothing that is durable |
 * | `interval` | its bytes are in the page cache; a sync follows within `intervalMicros` | what was written since the last sync |
 * | `never` | its bytes are in the page cache | what the operating system had not written yet |
 *
 * A crash of the process alone takes nothing that is durable, under any policy.
 */
export type FlushPolicy =
  | { readonly kind: 'always' }
  | { readonly kind: 'interval'; readonly intervalMicros: number }
  | { readonly kind: 'never' };

export interface LogOptions {
  /** Folder that belongs to this log alone; created when absent. */
  readonly directory: string;
  /** A segment that has reached this size is closed and the next begins. 4 KiB to 1 GiB; at least `maxBatchBytes`. */
  readonly segmentBytes: number;
  /**
   * A batch that has reached this size is closed and the next begins: what one checksum covers, and so what one rotten
   * byte costs. 256 B to 16 MiB. A larger record gets a batch of its own.
   */
  readonly maxBatchBytes: number;
  /** Leader epoch of what will be appended: 0 to 2^32 - 1, never lower than what the log already holds. */
  readonly epoch: number;
  readonly flush: FlushPolicy;
  /** Bytes that may wait to be written; appending more throws `QL_LOG_BACKLOG_FULL`. Default 256 MiB. */
  readonly maxPendingBytes?: number;
  /** Default: none. */
  readonly mutations?: Mutations;
}
