import type { ClockPort, DiskPort } from '../host.js';
import { busyError } from './checkpointing.js';
import { diskFailure, type LogError } from './errors.js';
import type { RetentionLimits } from './log.js';
import type { SegmentList } from './segment-list.js';
import type { Segment } from './segment.js';

type Done = (error: LogError | null, startPosition: number) => void;

/** Removes whole closed segments from the beginning of a log. */
export class Retention {
  readonly #disk: DiskPort;
  readonly #clock: ClockPort;
  readonly #directory: string;
  readonly #segments: SegmentList;
  #isBusy = false;

  constructor(disk: DiskPort, clock: ClockPort, directory: string, segments: SegmentList) {
    this.#disk = disk;
    this.#clock = clock;
    this.#directory = directory;
    this.#segments = segments;
  }

  /** See {@link Log.removePrefix}. */
  removePrefix(position: number, callback: Done): void {
    this.#removeWhile(() => this.#segments.oldestBelow(position), callback);
  }

  /** See {@link Log.applyRetention}. */
  apply({ maxBytes = Infinity, maxAgeMicros = Infinity }: RetentionLimits, callback: Done): void {
    const oldestWallMicros = this.#clock.wallMicros() - maxAgeMicros;
    this.#removeWhile(() => {
      const oldest = this.#segments.oldestClosed();
      const isPast = this.#segments.sizeBytes > maxBytes || (oldest !== null && oldest.newestWallMicros < oldestWallMicros);
      return isPast ? oldest : null;
    }, callback);
  }

  /** One after the other, each removal durable before the next: a loss of power never leaves a hole. */
  #removeWhile(next: () => Segment | null, callback: Done): void {
    if (this.#isBusy) return callback(busyError(), this.#segments.startPosition);
    this.#isBusy = true;
    const end = (error: LogError | null): void => {
      this.#isBusy = false;
      callback(error, this.#segments.startPosition);
    };
    const removeNext = (): void => {
      const segment = next();
      if (segment === null) return end(null);
      this.#disk.remove(segment.path, (error) => {
        if (error !== null && error.code !== 'ENOENT') return end(diskFailure('QL_LOG_WRITE_FAILED', error));
        // A checkpoint may have removed it meanwhile.
        if (this.#segments.oldestClosed() === segment) this.#segments.removeOldest();
        this.#disk.syncDirectory(this.#directory, (syncError) => {
          if (syncError !== null) return end(diskFailure('QL_LOG_SYNC_FAILED', syncError));
          removeNext();
        });
      });
    };
    removeNext();
  }
}
