import type { ClockPort } from '../host.js';
import {
  alignUp, BATCH_HEADER_BYTES, batchLength, closeBatch, MAX_RECORD_BYTES, noteOpened, RECORD_HEADER_BYTES,
} from './batch-format.js';
import { LogError } from './errors.js';

/** A buffer that a burst made larger than this shrinks again. */
const KEPT_BYTES = 4 * 1024 * 1024;

export interface PendingOptions {
  readonly clock: Pick<ClockPort, 'monotonicMicros'>;
  readonly nextPosition: number;
  readonly maxBatchBytes: number;
  readonly maxPendingBytes: number;
  /** The first record since everything was taken is about to come. */
  readonly onFirst: () => void;
}

/**
 * Records on their way to the disk: batches side by side in one buffer as they will stand in the file, so that whatever gathered
 * during a write goes with the next in one piece. A write takes its bytes at the call, so one buffer serves: no copy is made
 * beyond the write itself.
 */
export class PendingBatches {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  nextPosition: number;

  readonly #clock: Pick<ClockPort, 'monotonicMicros'>;
  readonly #maxBatchBytes: number;
  readonly #maxPendingBytes: number;
  readonly #onFirst: () => void;
  /** First byte that is not taken yet. */
  #head = 0;
  /** End of the last record. */
  #tail = 0;
  /** Start of the open batch; -1 when none is open. */
  #batchStart = -1;
  #batchBase = 0;
  /** Records of the open batch end here at the latest. 0 when none is open, so that the next record opens one. */
  #limit = 0;
  #recordStart = -1;
  #recordRoom = 0;
  #closedBy: LogError | null = null;

  constructor(options: PendingOptions) {
    this.nextPosition = options.nextPosition;
    this.#clock = options.clock;
    this.#maxBatchBytes = options.maxBatchBytes;
    this.#maxPendingBytes = options.maxPendingBytes;
    this.#onFirst = options.onFirst;
    this.bytes = new Uint8Array(alignUp(options.maxBatchBytes));
    this.view = new DataView(this.bytes.buffer);
  }

  get sizeBytes(): number {
    return this.#tail - this.#head;
  }

  /** See {@link Log.beginRecord}. */
  beginRecord(sizeBytes: number): number {
    let start = this.#tail;
    // Written so that NaN leaves the hot path, too, and is refused there.
    if (!(start + RECORD_HEADER_BYTES + sizeBytes <= this.#limit)) start = this.#makeRoom(sizeBytes);
    this.#recordStart = start;
    this.#recordRoom = sizeBytes;
    return start + RECORD_HEADER_BYTES;
  }

  /** See {@link Log.endRecord}. */
  endRecord(actualBytes = this.#recordRoom): number {
    const start = this.#recordStart;
    if (start < 0 || actualBytes > this.#recordRoom) throw new RangeError('endRecord: no record was begun, or it is larger than the room it asked for');
    this.view.setUint32(start, actualBytes, true);
    this.#tail = start + RECORD_HEADER_BYTES + actualBytes;
    this.#recordStart = -1;
    return this.nextPosition++;
  }

  /** Every later `beginRecord` throws `error`. What is pending stays. */
  close(error: LogError): void {
    this.#closeBatch();
    this.#closedBy = error;
    this.#recordStart = -1;
  }

  /**
   * Ends the open batch. What is pending is then `bytes[start, end)`, whole batches one behind the other, up to
   * {@link release}.
   */
  seal(): { readonly start: number; readonly end: number } {
    this.#closeBatch();
    return { start: this.#head, end: this.#tail };
  }

  /** Gives the bytes before `end` back: they were handed to a write. */
  release(end: number): void {
    this.#head = end;
    if (end < this.#tail) return;
    const used = this.#tail;
    this.#head = this.#tail = 0;
    if (this.bytes.length > KEPT_BYTES && used * 8 < this.bytes.length) this.#moveTo(this.bytes.length >>> 1);
  }

  /** Leaves the hot path: opens a batch, after ending the one that is full. */
  #makeRoom(sizeBytes: number): number {
    if (this.#closedBy !== null) throw this.#closedBy;
    if (!(sizeBytes >= 0 && sizeBytes <= MAX_RECORD_BYTES)) {
      throw new LogError('QL_LOG_RECORD_TOO_LARGE', `A record of ${sizeBytes} bytes is more than the log takes (${MAX_RECORD_BYTES}).`);
    }
    this.#closeBatch();
    const alone = BATCH_HEADER_BYTES + RECORD_HEADER_BYTES + sizeBytes;
    if (this.sizeBytes + alone > this.#maxPendingBytes) {
      throw new LogError('QL_LOG_BACKLOG_FULL', `More than ${this.#maxPendingBytes} bytes wait to be written.`);
    }
    if (this.sizeBytes === 0) this.#onFirst();
    const room = Math.max(alone, this.#maxBatchBytes);
    if (this.#tail + alignUp(room) > this.bytes.length) this.#grow(alignUp(room));
    this.#batchStart = this.#tail;
    this.#batchBase = this.nextPosition;
    this.#limit = this.#tail + room;
    noteOpened(this.view, this.#tail, this.#clock.monotonicMicros());
    this.#tail += BATCH_HEADER_BYTES;
    return this.#tail;
  }

  #closeBatch(): void {
    const start = this.#batchStart;
    if (start < 0) return;
    const count = this.nextPosition - this.#batchBase;
    this.#batchStart = -1;
    this.#limit = 0;
    if (count === 0) {
      this.#tail = start;
      return;
    }
    const end = alignUp(this.#tail);
    for (let at = this.#tail; at < end; at++) this.bytes[at] = 0;
    closeBatch(this.view, start, end - start, this.#batchBase, count);
    this.#tail = end;
  }

  #grow(roomBytes: number): void {
    const needed = this.sizeBytes + roomBytes;
    this.#moveTo(needed > this.bytes.length ? Math.max(needed, 2 * this.bytes.length) : this.bytes.length);
  }

  /** Moves what is pending to the start of a buffer of another size, or of this one. */
  #moveTo(capacityBytes: number): void {
    if (capacityBytes === this.bytes.length) {
      this.bytes.copyWithin(0, this.#head, this.#tail);
    } else {
      const larger = new Uint8Array(capacityBytes);
      larger.set(this.bytes.subarray(this.#head, this.#tail));
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    this.#tail -= this.#head;
    this.#head = 0;
  }
}

/** How many whole batches of `[start, end)` fit into `roomBytes`: where they end. */
export function endOfBatchesThatFit(view: DataView, start: number, end: number, roomBytes: number): number {
  let at = start;
  while (at < end) {
    const next = at + batchLength(view, at);
    if (next - start > roomBytes) break;
    at = next;
  }
  return at;
}
