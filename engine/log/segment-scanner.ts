import type { DiskError, DiskFile } from '../host.js';
import { type Mutations, NO_MUTATIONS } from '../mutants/index.js';
import {
  BATCH_ALIGNMENT, batchBasePosition, batchCount, batchCrc, batchEpoch, batchLength, type BatchPlace, batchSalt, bytesNeeded, inspectBatch,
} from './batch-format.js';

/** Bytes read at a time. A longer batch is read whole. */
const WINDOW_BYTES = 1024 * 1024;

/** Bytes that are not the batch that belongs there. */
export interface Damage {
  readonly offset: number;
  /** First record that may be missing. */
  readonly position: number;
  /** Where the next good batch begins, and its base position; at the end of the file, its length and -1. */
  readonly endOffset: number;
  readonly nextPosition: number;
}

export interface ScanVisitor {
  /** A good batch at `at` in the window, at `fileOffset` in the file. False ends the scan behind it. */
  onBatch(view: DataView, bytes: Uint8Array, at: number, fileOffset: number): boolean;
  /** Damage, told before the batch that ends it. False ends the scan before that batch. */
  onDamage(damage: Damage): boolean;
  onEnd(error: DiskError | null): void;
}

/** Where a scan begins: at a batch, with what is known of the batch before it. */
export interface ScanStart {
  readonly offset: number;
  readonly position: number;
  readonly salt: number;
  readonly previousCrc: number;
  readonly epoch: number;
  /** Bytes of the file to look at. */
  readonly endOffset: number;
  /** Whether records may be missing before the first batch. */
  readonly mayLeaveGap: boolean;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Walks the batches of one segment file. Behind damage it looks for the next good batch, at every place where one could begin. */
export class SegmentScanner {
  readonly #file: DiskFile;
  readonly #visitor: ScanVisitor;
  readonly #place: Mutable<BatchPlace>;
  #endOffset: number;
  #wantedBytes = 0;
  /** Where the damage began that is being passed; -1 outside. */
  #damageOffset = -1;

  constructor(file: DiskFile, start: ScanStart, visitor: ScanVisitor, mutations: Mutations = NO_MUTATIONS) {
    this.#file = file;
    this.#visitor = visitor;
    this.#endOffset = start.endOffset;
    this.#place = {
      fileOffset: start.offset, salt: start.salt, previousCrc: start.previousCrc, position: start.position,
      mayLeaveGap: start.mayLeaveGap, epoch: start.epoch, remainingBytes: 0,
      believes: mutations.checksumNotChecked ? 'everything' : mutations.tornTailAccepted ? 'last' : 'nothing',
    };
  }

  run(): void {
    this.#readWindow(WINDOW_BYTES);
  }

  #readWindow(lengthBytes: number): void {
    const { fileOffset } = this.#place;
    if (fileOffset >= this.#endOffset) return this.#finish();
    this.#wantedBytes = Math.min(lengthBytes, this.#endOffset - fileOffset);
    this.#file.read(fileOffset, this.#wantedBytes, this.#onWindow);
  }

  readonly #onWindow = (error: DiskError | null, bytes: Uint8Array): void => {
    if (error !== null) return this.#visitor.onEnd(error);
    const place = this.#place;
    const start = place.fileOffset;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // A file that turns out shorter than it was ends here.
    if (bytes.length < this.#wantedBytes) this.#endOffset = start + bytes.length;
    while (place.fileOffset < this.#endOffset) {
      const at = place.fileOffset - start;
      place.remainingBytes = this.#endOffset - place.fileOffset;
      const verdict = inspectBatch(view, at, place);
      if (verdict === 'short') return this.#readWindow(Math.max(WINDOW_BYTES, bytesNeeded(view, at)));
      if (verdict === 'damaged') this.#passOver();
      else if (!this.#accept(view, bytes, at)) return this.#visitor.onEnd(null);
    }
    this.#finish();
  };

  /** There is no good batch here; the next place where one could begin is a step further. */
  #passOver(): void {
    const place = this.#place;
    if (this.#damageOffset < 0) this.#damageOffset = place.fileOffset;
    place.fileOffset += BATCH_ALIGNMENT;
    place.previousCrc = -1;
    place.mayLeaveGap = true;
  }

  #accept(view: DataView, bytes: Uint8Array, at: number): boolean {
    const place = this.#place;
    const { fileOffset } = place;
    const base = batchBasePosition(view, at);
    if (this.#damageOffset >= 0 && !this.#endDamage(fileOffset, base)) return false;
    place.salt = batchSalt(view, at);
    place.fileOffset += batchLength(view, at);
    place.previousCrc = batchCrc(view, at);
    place.position = base + batchCount(view, at);
    place.epoch = batchEpoch(view, at);
    place.mayLeaveGap = false;
    return this.#visitor.onBatch(view, bytes, at, fileOffset);
  }

  #endDamage(endOffset: number, nextPosition: number): boolean {
    const offset = this.#damageOffset;
    this.#damageOffset = -1;
    return this.#visitor.onDamage({ offset, position: this.#place.position, endOffset, nextPosition });
  }

  #finish(): void {
    if (this.#damageOffset >= 0) this.#endDamage(this.#endOffset, -1);
    this.#visitor.onEnd(null);
  }
}
