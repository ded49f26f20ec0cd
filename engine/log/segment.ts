import type { DiskFile } from '../host.js';
import { batchBasePosition, batchCount, batchCrc, batchLength, batchSalt, batchWallMicros } from './batch-format.js';
import { SEGMENT_HEADER_BYTES, type SegmentHeader, segmentName } from './segment-format.js';
import { SparseIndex } from './sparse-index.js';

/** What is known of one segment file. Only the last segment of a log is open and grows. */
export class Segment {
  readonly name: string;
  readonly path: string;
  readonly basePosition: number;
  /** Mark that every batch of this file carries; -1 while it is not known. */
  salt: number;
  readonly index = new SparseIndex();
  /** Length up to the last batch that was written whole. */
  sizeBytes = SEGMENT_HEADER_BYTES;
  /** Position after the last record written. */
  nextPosition: number;
  /** Checksum that the next batch names as the one before it; -1 when that is lost. */
  previousCrc: number;
  /** Wall clock of the newest batch. 0 while there is none. */
  newestWallMicros = 0;
  /** Open while this is the last segment. */
  file: DiskFile | null = null;

  constructor(directory: string, basePosition: number, header: SegmentHeader) {
    this.name = segmentName(basePosition);
    this.path = `${directory}/${this.name}`;
    this.basePosition = basePosition;
    this.salt = header.salt;
    this.previousCrc = header.crc;
    this.nextPosition = basePosition;
  }

  /** Takes in a good batch that was found behind what is known. */
  noteBatch(view: DataView, at: number, fileOffset: number): void {
    const base = batchBasePosition(view, at);
    this.index.note(base, fileOffset);
    this.salt = batchSalt(view, at);
    this.sizeBytes = fileOffset + batchLength(view, at);
    this.nextPosition = base + batchCount(view, at);
    this.previousCrc = batchCrc(view, at);
    this.newestWallMicros = Math.max(this.newestWallMicros, batchWallMicros(view, at));
  }

  get hasBatches(): boolean {
    return this.sizeBytes > SEGMENT_HEADER_BYTES;
  }
}
