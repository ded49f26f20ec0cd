import type { DiskError, DiskFile, DiskPort } from '../host.js';
import { batchBasePosition, batchCount, batchLength, visitRecords } from './batch-format.js';
import { diskFailure, LogError } from './errors.js';
import type { LogReader } from './log.js';
import type { Corruption } from './recovery-report.js';
import { SEGMENT_HEADER_BYTES } from './segment-format.js';
import type { SegmentList } from './segment-list.js';
import { type Damage, SegmentScanner, type ScanVisitor } from './segment-scanner.js';
import type { Segment } from './segment.js';

export interface LogReadingOptions {
  readonly disk: DiskPort;
  readonly segments: SegmentList;
  readonly fromPosition: number;
  /** End of what may be shown. */
  readonly toPosition: number;
  readonly maxBytes: number;
  readonly reader: LogReader;
}

/** One read: finds the segment and, by its index, the place; then checks and shows one batch after the other. */
export class LogReading implements ScanVisitor {
  readonly #options: LogReadingOptions;
  #segment: Segment;
  #file: DiskFile | null = null;
  #position: number;
  #shownBytes = 0;
  #corruption: Corruption | null = null;

  constructor(options: LogReadingOptions, segment: Segment) {
    this.#options = options;
    this.#segment = segment;
    this.#position = options.fromPosition;
  }

  run(): void {
    this.#options.disk.open(this.#segment.path, { create: false }, (error, file) => {
      if (error !== null) return this.#end(this.#openError(error));
      this.#file = file;
      const { index, salt, basePosition, sizeBytes } = this.#segment;
      const start = index.find(this.#position) ?? { offset: SEGMENT_HEADER_BYTES, basePosition };
      new SegmentScanner(file!, {
        offset: start.offset, position: start.basePosition, salt, previousCrc: -1, epoch: 0, endOffset: sizeBytes, mayLeaveGap: false,
      }, this).run();
    });
  }

  onBatch(view: DataView, bytes: Uint8Array, at: number): boolean {
    const { toPosition, maxBytes, reader } = this.#options;
    const end = Math.min(toPosition, batchBasePosition(view, at) + batchCount(view, at));
    if (end > this.#position) {
      visitRecords(view, bytes, at, this.#position, end, reader);
      this.#position = end;
      this.#shownBytes += batchLength(view, at);
    }
    return !this.#isSatisfied(maxBytes, toPosition);
  }

  onDamage({ offset, position, endOffset, nextPosition }: Damage): boolean {
    const next = nextPosition >= 0 ? nextPosition : this.#positionAfterSegment();
    // What is missing before the place that was asked for is of no interest.
    if (next <= this.#position && next > position) return true;
    this.#corruption = {
      kind: 'batch', position: Math.max(position, this.#position), nextPosition: Math.max(next, this.#position),
      segment: this.#segment.name, offset, lengthBytes: endOffset - offset,
    };
    return false;
  }

  onEnd(error: DiskError | null): void {
    this.#file?.close();
    this.#file = null;
    const { segments, maxBytes, toPosition } = this.#options;
    if (error !== null) return this.#end(diskFailure('QL_LOG_READ_FAILED', error));
    if (this.#corruption !== null) return this.#end(corruptError(this.#corruption));
    const next = segments.after(this.#segment);
    if (next === null || this.#isSatisfied(maxBytes, toPosition)) return this.#end(null);
    if (next.basePosition > this.#position) this.#corruption = this.#gapBefore(next);
    if (this.#corruption !== null) return this.#end(corruptError(this.#corruption));
    this.#segment = next;
    this.run();
  }

  #isSatisfied(maxBytes: number, toPosition: number): boolean {
    return this.#shownBytes >= maxBytes || this.#position >= toPosition;
  }

  #positionAfterSegment(): number {
    return this.#options.segments.after(this.#segment)?.basePosition ?? this.#segment.nextPosition;
  }

  #gapBefore(next: Segment): Corruption {
    const { name, sizeBytes } = this.#segment;
    return { kind: 'gap', position: this.#position, nextPosition: next.basePosition, segment: name, offset: sizeBytes, lengthBytes: 0 };
  }

  #openError(error: DiskError): LogError {
    if (error.code !== 'ENOENT') return diskFailure('QL_LOG_READ_FAILED', error);
    return new LogError('QL_LOG_OUT_OF_RANGE', `The segment ${this.#segment.name} was removed.`, error);
  }

  #end(error: LogError | null): void {
    this.#options.reader.onEnd(error, this.#position, this.#corruption);
  }
}

function corruptError({ segment, offset, lengthBytes }: Corruption): LogError {
  return new LogError('QL_LOG_CORRUPT', `${segment}: ${lengthBytes} bytes at ${offset} are not what was written.`);
}
