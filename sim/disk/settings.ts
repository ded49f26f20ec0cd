import type { DistributionSpec } from '../distribution-spec.js';

/** How fast and how large a disk is. Latencies are what one operation takes on the idle device, in microseconds. */
export interface DiskSettings {
  /** Of a write, and of what changes a folder: create, rename, remove, make a folder. */
  readonly writeLatency: DistributionSpec;
  /** Of a sync of a file or of a folder. */
  readonly syncLatency: DistributionSpec;
  /** Of a read, and of what looks into a folder: open, list. */
  readonly readLatency: DistributionSpec;
  /** What reads and writes move per second, on top of the latency. `Infinity` for no limit. */
  readonly bandwidthBytesPerSecond: number;
  /** Sum of the lengths of all files; what would pass it fails with ENOSPC. `Infinity` for no limit. */
  readonly capacityBytes: number;
  /**
   * What was written so long ago is on the device without a sync: the system writes back by itself. `Infinity`: never.
   * Default 30 s (Linux' `dirty_expire_centisecs`).
   */
  readonly writebackMicros?: number;
}

export const WRITEBACK_MICROS = 30_000_000;
