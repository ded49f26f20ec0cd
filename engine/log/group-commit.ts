import type { DiskError, TimerHandle } from '../host.js';
import { type Mutations, NO_MUTATIONS } from '../mutants/index.js';
import { batchBasePosition, batchCount, batchLength, type BatchStamp, openedMicros, stampBatch } from './batch-format.js';
import { createSegment } from './create-segment.js';
import { closedError, diskFailure, type LogError } from './errors.js';
import type { LogListener } from './log.js';
import type { LogHost } from './log-host.js';
import type { LogOptions } from './options.js';
import { endOfBatchesThatFit, type PendingBatches } from './pending-batches.js';
import type { SegmentList } from './segment-list.js';
import type { Segment } from './segment.js';
import { Syncer, type SyncReport } from './syncer.js';

/**
 * What the log is doing with what is pending.
 *
 * | state | first record | instant ended | written | synced | segment ready | close |
 * | --- | --- | --- | --- | --- | --- | --- |
 * | `idle` | `armed` | | | | | `closing` |
 * | `armed` | | next | | | | next |
 * | `writing` | | | `always`: `syncing`, else `telling` | | | |
 * | `syncing` | | | | `telling` | | |
 * | `telling` | | | | | | |
 * | `rolling` | | | | goes on | next | |
 * | `closing` | | | | `closed` | | |
 *
 * `telling`: the listener hears what became durable, and may append; then comes next. Next: nothing pending: `idle`, or
 * `closing` after a close; the segment is full: `rolling`; otherwise `writing`. An empty cell: the event is noted (a record
 * gathers, a close waits for its turn) and the state stays. A failure leads from every state to `failed`, for ever.
 */
export type CommitState = 'idle' | 'armed' | 'writing' | 'syncing' | 'telling' | 'rolling' | 'closing' | 'closed' | 'failed';

const NO_LISTENER: LogListener = { onDurable: () => undefined, onFailure: () => undefined };

/**
 * Moves pending batches to the disk. One write is under way at a time; what comes in meanwhile goes with the next, at once
 * when the last has ended. A log that idles waits for the end of the instant, so that what one instant appends goes together.
 */
export class GroupCommit {
  durablePosition: number;
  failure: LogError | null = null;
  listener: LogListener = NO_LISTENER;
  readonly syncer: Syncer;

  readonly #host: LogHost;
  readonly #options: LogOptions;
  readonly #segments: SegmentList;
  readonly #pending: PendingBatches;
  readonly #instantTimer: TimerHandle;
  readonly #intervalTimer: TimerHandle;
  readonly #stamp: BatchStamp;
  readonly #mutations: Mutations;
  #state: CommitState = 'idle';
  /** Where the write under way ends: in the file, and in the log. */
  #writingBytes = 0;
  #writingPosition = 0;
  #sealedMicros = 0;
  #onClosed: ((error: LogError | null) => void) | null = null;

  constructor(host: LogHost, options: LogOptions, segments: SegmentList, pending: PendingBatches) {
    this.#host = host;
    this.#options = options;
    this.#segments = segments;
    this.#pending = pending;
    this.durablePosition = pending.nextPosition;
    this.#mutations = options.mutations ?? NO_MUTATIONS;
    this.syncer = new Syncer({
      clock: host.clock, segment: segments.active, syncedPosition: pending.nextPosition, mutations: this.#mutations,
      onBegins: this.#onSyncBegins, onSynced: this.#onSynced, onFailure: this.#onSyncFailed,
    });
    this.#instantTimer = host.timers.create(() => this.#next());
    this.#intervalTimer = host.timers.create(() => this.syncer.request());
    this.#stamp = { syncedPosition: 0, wallMicros: 0, epoch: options.epoch, salt: 0, fileOffset: 0, previousCrc: 0 };
  }

  /** The first record after everything was taken is about to come. */
  noteFirst(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'armed';
    this.#instantTimer.arm(0);
  }

  close(callback: (error: LogError | null) => void): void {
    if (this.failure !== null || this.#onClosed !== null) return callback(this.failure ?? closedError());
    this.#onClosed = callback;
    this.#pending.close(closedError());
    if (this.#state === 'idle' || this.#state === 'armed') this.#next();
  }

  /** The log is over: what is not durable yet never will be. */
  fail(error: LogError): void {
    if (this.#state === 'failed' || this.#state === 'closed') return;
    this.failure = error;
    this.#end('failed', error);
    this.listener.onFailure(error);
    this.#onClosed?.(error);
  }

  #end(state: 'failed' | 'closed', error: LogError): void {
    this.#state = state;
    this.#instantTimer.disarm();
    this.#intervalTimer.disarm();
    this.#pending.close(error);
    this.syncer.end(error);
    this.#segments.active.file?.close();
  }

  #next(): void {
    this.#instantTimer.disarm();
    const { start, end } = this.#pending.seal();
    if (start === end) return this.#rest();
    const segment = this.#segments.active;
    const view = this.#pending.view;
    let fitting = endOfBatchesThatFit(view, start, end, this.#options.segmentBytes - segment.sizeBytes);
    if (fitting === start) {
      if (segment.hasBatches) return this.#roll();
      // A record may be larger than a segment: then its batch is the segment.
      fitting = start + batchLength(view, start);
    }
    // What does not fit is not taken along, nor is anything after it.
    this.#sealedMicros = fitting < end ? openedMicros(view, fitting) : this.#host.clock.monotonicMicros();
    this.#stampBatches(segment, start, fitting);
    this.#state = 'writing';
    segment.file!.write(segment.sizeBytes, this.#pending.bytes.subarray(start, fitting), this.#onWritten);
    this.#pending.release(fitting);
  }

  /** Nothing is pending. */
  #rest(): void {
    this.#state = this.#onClosed === null ? 'idle' : 'closing';
    if (this.#state === 'closing') this.syncer.whenSynced(this.syncer.writtenPosition, this.#onAllSynced);
  }

  /** Gives each batch its place, in the order of the file: each names the checksum of the one before it. */
  #stampBatches(segment: Segment, start: number, end: number): void {
    const view = this.#pending.view;
    const stamp = this.#stamp;
    stamp.syncedPosition = this.syncer.syncedPosition;
    stamp.wallMicros = Math.max(0, this.#host.clock.wallMicros());
    stamp.salt = segment.salt;
    let at = start;
    while (at < end) {
      stamp.fileOffset = segment.sizeBytes + at - start;
      stamp.previousCrc = segment.previousCrc;
      segment.previousCrc = stampBatch(view, at, stamp);
      const base = batchBasePosition(view, at);
      segment.index.note(base, stamp.fileOffset);
      this.#writingPosition = base + batchCount(view, at);
      at += batchLength(view, at);
    }
    segment.newestWallMicros = Math.max(segment.newestWallMicros, stamp.wallMicros);
    this.#writingBytes = end - start;
  }

  readonly #onWritten = (error: DiskError | null): void => {
    if (this.#state !== 'writing') return;
    if (error !== null && !this.#mutations.writeErrorIgnored) return this.fail(diskFailure('QL_LOG_WRITE_FAILED', error));
    const segment = this.#segments.active;
    segment.sizeBytes += this.#writingBytes;
    segment.nextPosition = this.#writingPosition;
    const isAwaited = this.#options.flush.kind === 'always' && !this.#mutations.syncNotAwaited;
    if (isAwaited) this.#state = 'syncing';
    this.syncer.noteWritten(this.#writingPosition, this.#writingBytes, this.#sealedMicros);
    if (this.#options.flush.kind === 'always') this.syncer.request();
    if (isAwaited) return;
    if (!this.#mutations.intervalNeverSynced) this.#armInterval();
    this.#tell(this.#writingPosition);
  };

  readonly #onSyncBegins = (sizeBytes: number): void => {
    if (this.#options.flush.kind === 'interval') this.listener.onSyncBegins?.(sizeBytes);
  };

  readonly #onSynced = (report: SyncReport): void => {
    this.listener.onSynced?.(report);
    this.#armInterval();
    if (this.#state === 'syncing') this.#tell(this.syncer.syncedPosition);
  };

  readonly #onSyncFailed = (error: DiskError): void => this.fail(diskFailure('QL_LOG_SYNC_FAILED', error));

  /** Under `interval`, what is written is synced at most one interval later. */
  #armInterval(): void {
    const { flush } = this.#options;
    if (flush.kind === 'interval' && this.syncer.isDirty && !this.#intervalTimer.armed) this.#intervalTimer.arm(flush.intervalMicros);
  }

  #tell(durablePosition: number): void {
    this.#state = 'telling';
    this.durablePosition = durablePosition;
    this.listener.onDurable(durablePosition);
    if (this.#state === 'telling') this.#next();
  }

  /** The full segment must be safe before the next exists: a reader takes the next one's existence as proof of that. */
  #roll(): void {
    this.#state = 'rolling';
    this.syncer.whenSynced(this.syncer.writtenPosition, this.#onFullSynced);
  }

  readonly #onFullSynced = (error: LogError | null): void => {
    if (error !== null) return;
    createSegment(this.#host, this.#options.directory, this.syncer.writtenPosition, this.#mutations, this.#onSegmentReady);
  };

  readonly #onSegmentReady = (error: LogError | null, segment: Segment | null): void => {
    if (error !== null) return this.fail(error);
    if (this.#state !== 'rolling') return segment!.file!.close();
    this.#segments.active.file!.close();
    this.#segments.active.file = null;
    this.#segments.add(segment!);
    this.syncer.attach(segment!);
    this.#next();
  };

  readonly #onAllSynced = (error: LogError | null): void => {
    if (error !== null) return;
    this.#end('closed', closedError());
    this.#onClosed?.(null);
  };
}
