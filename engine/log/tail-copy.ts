import { DiskError, type DiskFile } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import { batchEpoch, batchLength, type BatchStamp, batchWallMicros, stampBatch } from './batch-format.js';
import { diskFailure, type LogError } from './errors.js';
import type { LogHost } from './log-host.js';
import { encodeSegmentHeader, temporaryName } from './segment-format.js';
import { type Damage, SegmentScanner, type ScanVisitor } from './segment-scanner.js';
import { Segment } from './segment.js';

/** The end of the last segment: whole batches from `offset` on, the first with the record at `basePosition`. */
export interface Tail {
  readonly segment: Segment;
  readonly file: DiskFile;
  readonly offset: number;
  readonly basePosition: number;
}

export interface TailCopyOptions {
  readonly host: LogHost;
  readonly directory: string;
  /** Where the new segment begins: at the tail's base position when there is a tail. */
  readonly basePosition: number;
  /** Null: the new segment begins empty. */
  readonly tail: Tail | null;
  readonly mutations: Mutations;
}

/**
 * Begins the segment in which a recovered log goes on: a new file that holds the end of the old one as far as nothing proves
 * that it was ever synced.
 *
 * To read those bytes is not enough to build on them. After a failed sync the page cache may show what the disk does not have,
 * marked clean, so that the next sync succeeds without writing it (PostgreSQL's "fsyncgate"). Written anew, they are synced
 * anew. And because no old file is ever appended to, what a crash left behind an old end can never be taken for a
 * continuation.
 *
 * The file is complete and synced before it gets its name, and it may take the name of the segment that it replaces: a crash at
 * any moment leaves the old end or the new one. Of two segments, the earlier ends where the later begins.
 */
export class TailCopy implements ScanVisitor {
  readonly #options: TailCopyOptions;
  readonly #onDone: (error: LogError | null, segment: Segment | null) => void;
  readonly #segment: Segment;
  readonly #temporaryPath: string;
  readonly #header: Uint8Array;
  readonly #stamp: BatchStamp;
  #writeError: DiskError | null = null;
  #writesUnderWay = 0;
  #isScanned = false;

  constructor(options: TailCopyOptions, onDone: (error: LogError | null, segment: Segment | null) => void) {
    const { host, directory, basePosition, tail } = options;
    this.#options = options;
    this.#onDone = onDone;
    const header = encodeSegmentHeader(basePosition, tail?.segment.nextPosition ?? basePosition, host.random.nextUint32());
    this.#header = header.bytes;
    this.#segment = new Segment(directory, basePosition, header);
    this.#temporaryPath = temporaryName(this.#segment.path);
    // Until the log is open these batches prove nothing: opening it again copies them again.
    this.#stamp = { syncedPosition: basePosition, wallMicros: 0, epoch: 0, salt: header.salt, fileOffset: 0, previousCrc: 0 };
  }

  run(): void {
    this.#options.host.disk.open(this.#temporaryPath, { create: true }, (error, file) => {
      if (error !== null) return this.#fail('QL_LOG_WRITE_FAILED', error);
      this.#segment.file = file!;
      this.#write(0, this.#header);
      const { tail } = this.#options;
      if (tail === null) return this.onEnd(null);
      new SegmentScanner(tail.file, {
        offset: tail.offset, position: tail.basePosition, salt: tail.segment.salt, previousCrc: -1, epoch: 0,
        endOffset: tail.segment.sizeBytes, mayLeaveGap: false,
      }, this, this.#options.mutations).run();
    });
  }

  onBatch(view: DataView, bytes: Uint8Array, at: number): boolean {
    const segment = this.#segment;
    const stamp = this.#stamp;
    stamp.wallMicros = batchWallMicros(view, at);
    stamp.epoch = batchEpoch(view, at);
    stamp.fileOffset = segment.sizeBytes;
    stamp.previousCrc = segment.previousCrc;
    stampBatch(view, at, stamp);
    segment.noteBatch(view, at, stamp.fileOffset);
    this.#write(stamp.fileOffset, bytes.subarray(at, at + batchLength(view, at)));
    return this.#writeError === null;
  }

  /** The tail was read a moment ago, without damage. */
  onDamage(damage: Damage): boolean {
    this.#writeError ??= new DiskError('EIO', this.#options.tail!.segment.path, `read again at ${damage.offset}`);
    return false;
  }

  onEnd(error: DiskError | null): void {
    if (error !== null) return this.#fail('QL_LOG_READ_FAILED', error);
    this.#isScanned = true;
    this.#onProgress();
  }

  #write(offset: number, bytes: Uint8Array): void {
    this.#writesUnderWay++;
    this.#segment.file!.write(offset, bytes, (error) => {
      this.#writesUnderWay--;
      this.#writeError ??= error;
      this.#onProgress();
    });
  }

  #onProgress(): void {
    if (!this.#isScanned || this.#writesUnderWay > 0) return;
    if (this.#writeError !== null) return this.#fail('QL_LOG_WRITE_FAILED', this.#writeError);
    this.#segment.file!.sync(this.#onSynced);
  }

  readonly #onSynced = (error: DiskError | null): void => {
    if (error !== null) return this.#fail('QL_LOG_SYNC_FAILED', error);
    this.#options.host.disk.rename(this.#temporaryPath, this.#segment.path, this.#onRenamed);
  };

  readonly #onRenamed = (error: DiskError | null): void => {
    if (error !== null) return this.#fail('QL_LOG_WRITE_FAILED', error);
    this.#options.host.disk.syncDirectory(this.#options.directory, this.#onNamed);
  };

  readonly #onNamed = (error: DiskError | null): void => {
    if (error !== null) return this.#fail('QL_LOG_SYNC_FAILED', error);
    // Opened anew, so that errors name the file as it is called now.
    this.#segment.file!.close();
    this.#options.host.disk.open(this.#segment.path, { create: false }, this.#onReopened);
  };

  readonly #onReopened = (error: DiskError | null, file: DiskFile | null): void => {
    if (error !== null) return this.#fail('QL_LOG_READ_FAILED', error);
    this.#segment.file = file;
    this.#onDone(null, this.#segment);
  };

  #fail(code: Parameters<typeof diskFailure>[0], error: DiskError): void {
    this.#segment.file?.close();
    this.#onDone(diskFailure(code, error), null);
  }
}
