import type { DiskError, DiskFile, DiskPort } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import { batchBasePosition, batchEpoch, batchSyncedPosition, visitRecords } from './batch-format.js';
import type { Corruption, LogVisitor } from './recovery-report.js';
import { decodeSegmentHeader, SEGMENT_HEADER_BYTES, UNKNOWN_HEADER } from './segment-format.js';
import { type Damage, type ScanStart, SegmentScanner, type ScanVisitor } from './segment-scanner.js';
import { Segment } from './segment.js';
import type { BatchAt } from './sparse-index.js';

/** A last segment up to this size is copied as a whole (behind damage, if there is any) when its end must be: so many restarts leave few files. */
const SMALL_TAIL_BYTES = 64 * 1024;
/** Mutant `last-block-dropped`. */
const BLOCK_BYTES = 4096;

export interface SegmentRecoveryOptions {
  readonly disk: DiskPort;
  readonly directory: string;
  readonly basePosition: number;
  /** Where the next segment begins: what this one holds from there on is void. Null for the last segment. */
  readonly endPosition: number | null;
  /** Records below are not shown: the checkpoint holds what they did. */
  readonly fromPosition: number;
  /** Every record below this position is known to have survived a sync. */
  readonly provenPosition: number;
  /** Highest epoch seen before. */
  readonly epoch: number;
  readonly mutations: Mutations;
  readonly visitor: LogVisitor;
  readonly report: (corruption: Corruption) => void;
}

/**
 * Reads one segment and shows its records.
 *
 * In all but the last segment, bytes that are not a good batch are corruption: a segment is synced before the next exists. In the
 * last one they may also be what a crash left of writes that were never synced. The difference is told by the batches behind
 * them: each says up to which position the log was synced when it was written. With such a proof they are corruption, and what
 * follows is served; without one, the log ends before them, because whatever follows was never synced either and
 * would come out of order.
 */
export class SegmentRecovery implements ScanVisitor {
  segment: Segment;
  /** Open, once it is done without an error; the caller closes it. */
  file: DiskFile | null = null;
  /** Every record below has survived a sync, as batches and the next segment's existence show. */
  provenPosition: number;
  /** Every record below was in this log at some time, and was synced. */
  knownPosition: number;
  epoch: number;

  readonly #options: SegmentRecoveryOptions;
  readonly #endPosition: number;
  readonly #onDone: (error: DiskError | null) => void;
  #hasHeader = false;
  /** Damage in the last segment without a proof yet that it had been synced. */
  #doubtful: Damage | null = null;
  #isProven = false;
  #endsInDamage = false;
  #isAfterDamage = false;
  /** The first batch from which on there is no damage. */
  #cleanStart: BatchAt;

  constructor(options: SegmentRecoveryOptions, onDone: (error: DiskError | null) => void) {
    this.#options = options;
    this.#onDone = onDone;
    this.#endPosition = options.endPosition ?? Number.MAX_SAFE_INTEGER;
    this.provenPosition = Math.max(options.provenPosition, options.basePosition);
    this.knownPosition = this.provenPosition;
    this.epoch = options.epoch;
    this.segment = new Segment(options.directory, options.basePosition, UNKNOWN_HEADER);
    this.#cleanStart = { offset: SEGMENT_HEADER_BYTES, basePosition: options.basePosition };
  }

  run(): void {
    this.#options.disk.open(this.segment.path, { create: false }, (error, file) => {
      if (error !== null) return this.#onDone(error);
      this.file = file;
      file!.read(0, SEGMENT_HEADER_BYTES, this.#onHeader);
    });
  }

  readonly #onHeader = (error: DiskError | null, bytes: Uint8Array): void => {
    if (error !== null) return this.#onDone(error);
    const { directory, basePosition } = this.#options;
    const header = decodeSegmentHeader(bytes, basePosition);
    this.#hasHeader = header !== null;
    if (header !== null) {
      this.segment = new Segment(directory, basePosition, header);
      this.knownPosition = Math.max(this.knownPosition, header.copiedPosition);
    }
    this.#scan({
      offset: SEGMENT_HEADER_BYTES, position: basePosition, salt: this.segment.salt, previousCrc: this.segment.previousCrc,
      epoch: this.epoch, endOffset: this.#fileEnd(), mayLeaveGap: false,
    });
  };

  #fileEnd(): number {
    const { sizeBytes } = this.file!;
    const { mutations, endPosition } = this.#options;
    return mutations.lastBlockDropped && endPosition === null ? sizeBytes - (sizeBytes % BLOCK_BYTES) : sizeBytes;
  }

  #scan(start: ScanStart): void {
    new SegmentScanner(this.file!, start, this, this.#options.mutations).run();
  }

  onBatch(view: DataView, bytes: Uint8Array, at: number, fileOffset: number): boolean {
    const base = batchBasePosition(view, at);
    if (base >= this.#endPosition) return false;
    const syncedPosition = batchSyncedPosition(view, at);
    if (this.#doubtful !== null) {
      this.#isProven = syncedPosition > this.#doubtful.position && !this.#options.mutations.badBatchEndsLog;
      return !this.#isProven;
    }
    const { segment } = this;
    visitRecords(view, bytes, at, this.#options.fromPosition, this.#endPosition, this.#options.visitor);
    this.provenPosition = Math.max(this.provenPosition, syncedPosition);
    this.knownPosition = Math.max(this.knownPosition, syncedPosition);
    if (this.#isAfterDamage) this.#cleanStart = { offset: fileOffset, basePosition: base };
    this.#isAfterDamage = false;
    this.epoch = batchEpoch(view, at);
    segment.noteBatch(view, at, fileOffset);
    return true;
  }

  onDamage(damage: Damage): boolean {
    if (damage.position >= this.#endPosition) return false;
    if (this.#doubtful !== null) return true;
    const isKnown = this.knownPosition > damage.position && !this.#options.mutations.badBatchEndsLog;
    const isCorrupt = this.#options.endPosition !== null || isKnown;
    if (isCorrupt) this.#reportDamage(damage);
    else this.#doubtful = damage;
    return true;
  }

  onEnd(error: DiskError | null): void {
    if (error !== null) return this.#onDone(error);
    const damage = this.#doubtful;
    this.#doubtful = null;
    if (damage === null || !this.#isProven) return this.#finish();
    // A later batch has shown that these bytes were synced once: go back and serve what follows them.
    this.#isProven = false;
    this.#reportDamage(damage);
    this.#scan({
      offset: damage.endOffset, position: damage.position, salt: this.segment.salt, previousCrc: -1,
      epoch: this.epoch, endOffset: this.file!.sizeBytes, mayLeaveGap: true,
    });
  }

  /** The end of this segment that nothing proves to have been synced, with a little more; null when there is none. */
  unprovenTail(): BatchAt | null {
    const { index, nextPosition, sizeBytes } = this.segment;
    const clean = this.#cleanStart;
    if (nextPosition <= this.provenPosition || nextPosition < this.knownPosition) return null;
    if (sizeBytes - clean.offset <= SMALL_TAIL_BYTES) return clean;
    const indexed = index.find(this.provenPosition);
    return indexed === null || indexed.offset < clean.offset ? clean : indexed;
  }

  /** A closed segment that ends early, without damage, has lost its end all the same. */
  #finish(): void {
    const { endPosition, basePosition } = this.#options;
    const { nextPosition, sizeBytes, hasBatches } = this.segment;
    const wasSynced = endPosition !== null || this.knownPosition > basePosition;
    if (!this.#hasHeader && hasBatches && wasSynced) this.#report('header', basePosition, basePosition, 0, SEGMENT_HEADER_BYTES);
    if (endPosition !== null && nextPosition < endPosition && !this.#endsInDamage) {
      this.#report('gap', nextPosition, endPosition, sizeBytes, 0);
    }
    this.#onDone(null);
  }

  #reportDamage({ offset, position, endOffset, nextPosition }: Damage): void {
    this.#isAfterDamage = true;
    const isEnd = nextPosition < 0;
    if (isEnd) this.#endsInDamage = true;
    const end = isEnd ? this.#options.endPosition ?? Math.max(position, this.knownPosition) : Math.min(nextPosition, this.#endPosition);
    this.#report('batch', position, end, offset, endOffset - offset);
  }

  /** Reports what is missing at or above the position from which records are shown. */
  #report(kind: Corruption['kind'], position: number, nextPosition: number, offset: number, lengthBytes: number): void {
    const from = this.#options.fromPosition;
    if (position < from && nextPosition <= from) return;
    this.#options.report({ kind, position: Math.max(position, from), nextPosition, segment: this.segment.name, offset, lengthBytes });
  }
}
