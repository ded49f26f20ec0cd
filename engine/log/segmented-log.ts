import type { Mutations } from '../mutants/index.js';
import { Checkpointing } from './checkpointing.js';
import { LogError } from './errors.js';
import type { GroupCommit } from './group-commit.js';
import { LogReading } from './log-reading.js';
import type { CheckpointWriter, Log, LogListener, LogReader, RetentionLimits } from './log.js';
import type { LogHost } from './log-host.js';
import type { PendingBatches } from './pending-batches.js';
import { Retention } from './retention.js';
import type { SegmentList } from './segment-list.js';

export interface LogParts {
  readonly host: LogHost;
  readonly directory: string;
  readonly segments: SegmentList;
  readonly pending: PendingBatches;
  readonly commit: GroupCommit;
  /** See {@link Recovered.obsolete}. */
  readonly obsolete: readonly string[];
  readonly mutations: Mutations;
}

/** The log: hands each request to the part that does it. Made by `openLog`. */
export class SegmentedLog implements Log {
  readonly #host: LogHost;
  readonly #segments: SegmentList;
  readonly #pending: PendingBatches;
  readonly #commit: GroupCommit;
  readonly #checkpointing: Checkpointing;
  readonly #retention: Retention;

  constructor({ host, directory, segments, pending, commit, obsolete, mutations }: LogParts) {
    this.#host = host;
    this.#segments = segments;
    this.#pending = pending;
    this.#commit = commit;
    this.#checkpointing = new Checkpointing(host.disk, directory, segments, commit, obsolete, mutations);
    this.#retention = new Retention(host.disk, host.clock, directory, segments);
  }

  get nextPosition(): number {
    return this.#pending.nextPosition;
  }

  get durablePosition(): number {
    return this.#commit.durablePosition;
  }

  get syncedPosition(): number {
    return this.#commit.syncer.syncedPosition;
  }

  get startPosition(): number {
    return this.#segments.startPosition;
  }

  get sizeBytes(): number {
    return this.#segments.sizeBytes;
  }

  get liveSegments(): number {
    return this.#segments.length;
  }

  get pendingBytes(): number {
    return this.#pending.sizeBytes;
  }

  get failure(): LogError | null {
    return this.#commit.failure;
  }

  get bytes(): Uint8Array {
    return this.#pending.bytes;
  }

  get view(): DataView {
    return this.#pending.view;
  }

  beginRecord(sizeBytes: number): number {
    return this.#pending.beginRecord(sizeBytes);
  }

  endRecord(actualBytes?: number): number {
    return this.#pending.endRecord(actualBytes);
  }

  setDurableListener(listener: LogListener): void {
    this.#commit.listener = listener;
  }

  checkpoint(write: (writer: CheckpointWriter) => void, callback: (error: LogError | null, position: number) => void): void {
    this.#checkpointing.write(this.#pending.nextPosition, write, callback);
  }

  read(fromPosition: number, maxBytes: number, reader: LogReader): void {
    const { startPosition, durablePosition } = this;
    const segment = this.#segments.holding(fromPosition);
    const isHere = fromPosition >= startPosition && fromPosition < durablePosition && segment !== null;
    if (isHere) {
      const { disk } = this.#host;
      const segments = this.#segments;
      new LogReading({ disk, segments, fromPosition, toPosition: durablePosition, maxBytes, reader }, segment).run();
      return;
    }
    const error = fromPosition === durablePosition ? null : rangeError(fromPosition, startPosition, durablePosition);
    this.#host.timers.create(() => reader.onEnd(error, fromPosition, null)).arm(0);
  }

  removePrefix(position: number, callback: (error: LogError | null, startPosition: number) => void): void {
    this.#retention.removePrefix(position, callback);
  }

  applyRetention(limits: RetentionLimits, callback: (error: LogError | null, startPosition: number) => void): void {
    this.#retention.apply(limits, callback);
  }

  close(callback: (error: LogError | null) => void): void {
    this.#commit.close(callback);
  }
}

function rangeError(position: number, start: number, end: number): LogError {
  return new LogError('QL_LOG_OUT_OF_RANGE', `The log holds records ${start} to ${end - 1}; ${position} was asked for.`);
}
