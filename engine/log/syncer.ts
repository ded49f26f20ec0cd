import type { ClockPort, DiskError } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import type { LogError } from './errors.js';
import type { Segment } from './segment.js';

/** Mutant `failed-sync-retried`: so often a sync is tried again. */
const RETRIES = 3;

interface Waiter {
  readonly position: number;
  readonly callback: (error: LogError | null) => void;
}

/** What a sync that succeeded has done. */
export interface SyncReport {
  /** Bytes that were written since the sync before it. */
  readonly sizeBytes: number;
  readonly durationMicros: number;
  /** Every record that was appended before, up to so long ago, has survived it. */
  readonly coveredMicrosAgo: number;
}

export interface SyncerOptions {
  readonly clock: ClockPort;
  /** The open segment, of which everything below `syncedPosition` is safe. */
  readonly segment: Segment;
  readonly syncedPosition: number;
  readonly mutations: Mutations;
  readonly onBegins: (sizeBytes: number) => void;
  readonly onSynced: (report: SyncReport) => void;
  readonly onFailure: (error: DiskError) => void;
}

/** Syncs the open segment, one sync at a time, and knows how far the log has survived one. */
export class Syncer {
  /** Every record below was written before a sync began that succeeded. */
  syncedPosition: number;
  /** Every record below is in the page cache. */
  writtenPosition: number;

  readonly #clock: ClockPort;
  readonly #onBegins: (sizeBytes: number) => void;
  readonly #onSynced: (report: SyncReport) => void;
  readonly #onFailure: (error: DiskError) => void;
  #segment: Segment;
  #running = false;
  #target = 0;
  /** When the write that ends at `writtenPosition` was sealed, and the bytes that wait for a sync. */
  #sealedMicros = 0;
  #unsyncedBytes = 0;
  /** The same of the sync that runs, and when it began. */
  #targetSealedMicros = 0;
  #targetBytes = 0;
  #beganMicros = 0;
  #waiters: Waiter[] = [];
  #over: LogError | null = null;
  readonly #mutations: Mutations;
  #retries = 0;

  constructor({ clock, segment, syncedPosition, mutations, onBegins, onSynced, onFailure }: SyncerOptions) {
    this.#clock = clock;
    this.#mutations = mutations;
    this.#segment = segment;
    this.syncedPosition = this.writtenPosition = syncedPosition;
    this.#onBegins = onBegins;
    this.#onSynced = onSynced;
    this.#onFailure = onFailure;
  }

  get isDirty(): boolean {
    return this.writtenPosition > this.syncedPosition;
  }

  /** The segment to sync from now on. The one before it must be synced. */
  attach(segment: Segment): void {
    this.#segment = segment;
  }

  /** `sealedMicros`: the write takes along everything that was appended before. */
  noteWritten(position: number, sizeBytes: number, sealedMicros: number): void {
    this.writtenPosition = position;
    this.#unsyncedBytes += sizeBytes;
    this.#sealedMicros = sealedMicros;
    if (this.#waiters.some((waiter) => waiter.position <= position)) this.request();
  }

  /** Syncs what is written and not synced. While a sync runs, it does nothing: who needs more than that sync covers must wait. */
  request(): void {
    if (this.#running || this.#over !== null || !this.isDirty) return;
    this.#running = true;
    this.#target = this.writtenPosition;
    this.#targetSealedMicros = this.#sealedMicros;
    this.#targetBytes = this.#unsyncedBytes;
    this.#unsyncedBytes = 0;
    this.#beganMicros = this.#clock.monotonicMicros();
    this.#onBegins(this.#targetBytes);
    this.#segment.file!.sync(this.#onDone);
  }

  /** Calls back, at once when possible, when every record below `position` has survived a sync, or when none ever will. */
  whenSynced(position: number, callback: (error: LogError | null) => void): void {
    if (this.#over !== null || position <= this.syncedPosition) return callback(this.#over);
    this.#waiters.push({ position, callback });
    if (position <= this.writtenPosition) this.request();
  }

  /** The log has failed or was closed: nothing is synced any more. */
  end(error: LogError): void {
    if (this.#over !== null) return;
    this.#over = error;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.callback(error);
  }

  readonly #onDone = (error: DiskError | null): void => {
    if (error !== null && this.#mutations.failedSyncRetried && this.#retries++ < RETRIES) return this.#segment.file!.sync(this.#onDone);
    this.#running = false;
    if (this.#over !== null) return;
    // Never a second try: after a failed sync the pages count as clean, and the next sync would succeed without writing them.
    if (error !== null) return this.#onFailure(error);
    this.syncedPosition = this.#target;
    const now = this.#clock.monotonicMicros();
    this.#onSynced({
      sizeBytes: this.#targetBytes, durationMicros: now - this.#beganMicros, coveredMicrosAgo: now - this.#targetSealedMicros,
    });
    this.#callWaiters();
  };

  #callWaiters(): void {
    if (this.#waiters.length === 0) return;
    const due = this.#waiters.filter((waiter) => waiter.position <= this.syncedPosition);
    this.#waiters = this.#waiters.filter((waiter) => waiter.position > this.syncedPosition);
    for (const waiter of due) waiter.callback(null);
    if (this.#waiters.some((waiter) => waiter.position <= this.writtenPosition)) this.request();
  }
}
