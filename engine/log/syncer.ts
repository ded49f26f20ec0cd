import type { DiskError } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import type { LogError } from './errors.js';
import type { Segment } from './segment.js';

/** Mutant `failed-sync-retried`: so often a sync is tried again. */
const RETRIES = 3;

interface Waiter {
  readonly position: number;
  readonly callback: (error: LogError | null) => void;
}

/** Syncs the open segment, one sync at a time, and knows how far the log has survived one. */
export class Syncer {
  /** Every record below was written before a sync began that succeeded. */
  syncedPosition: number;
  /** Every record below is in the page cache. */
  writtenPosition: number;

  readonly #onSynced: () => void;
  readonly #onFailure: (error: DiskError) => void;
  #segment: Segment;
  #running = false;
  #target = 0;
  #waiters: Waiter[] = [];
  #over: LogError | null = null;
  readonly #mutations: Mutations;
  #retries = 0;

  constructor(
    segment: Segment, syncedPosition: number, mutations: Mutations, onSynced: () => void, onFailure: (error: DiskError) => void,
  ) {
    this.#mutations = mutations;
    this.#segment = segment;
    this.syncedPosition = this.writtenPosition = syncedPosition;
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

  noteWritten(position: number): void {
    this.writtenPosition = position;
    if (this.#waiters.some((waiter) => waiter.position <= position)) this.request();
  }

  /** Syncs what is written and not synced. While a sync runs, it does nothing: who needs more than that sync covers must wait. */
  request(): void {
    if (this.#running || this.#over !== null || !this.isDirty) return;
    this.#running = true;
    this.#target = this.writtenPosition;
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
    this.#onSynced();
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
