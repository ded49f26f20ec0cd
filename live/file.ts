import * as fs from 'node:fs';
import { DiskError } from '../engine/index.js';
import type { DiskFile } from '../engine/index.js';
import type { DiskErrorCode } from '../engine/index.js';
import type { Incarnation } from './incarnation.js';
import type { TurnQueue } from './turn-queue.js';

const KNOWN_CODES: ReadonlySet<string> = new Set(['ENOENT', 'EEXIST', 'EIO', 'ENOSPC', 'EBADF']);
const NO_BYTES = new Uint8Array(0);

/** What the operating system said, in the words of the disk port. A code that it does not know counts as EIO. */
export function diskError(cause: unknown, path: string, operation: string): DiskError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  return new DiskError(KNOWN_CODES.has(code) ? (code as DiskErrorCode) : 'EIO', path, operation);
}

/**
 * A file of the operating system. Reads and writes are synchronous underneath: the page cache answers faster than a thread pool
 * does. A sync waits for the device, so it runs in the thread pool and the process goes on meanwhile. Completions come in a
 * later turn and in the order of the calls: what is called during a sync is told after it.
 */
export class LiveFile implements DiskFile {
  readonly #path: string;
  readonly #descriptor: number;
  readonly #turns: TurnQueue;
  readonly #incarnation: Incarnation;
  #isOpen = true;
  #isSyncing = false;
  /** What was called while a sync ran: completions to tell and syncs to begin, in the order of the calls. */
  #waiting: (() => void)[] = [];
  readonly #forget: () => void;

  constructor(path: string, descriptor: number, turns: TurnQueue, incarnation: Incarnation) {
    this.#path = path;
    this.#descriptor = descriptor;
    this.#turns = turns;
    this.#incarnation = incarnation;
    this.#forget = incarnation.whenEnded(() => this.close());
  }

  /** Asks the operating system, because another handle may have written; 0 once closed. */
  get sizeBytes(): number {
    return this.#isOpen ? fs.fstatSync(this.#descriptor).size : 0;
  }

  write(offsetBytes: number, bytes: Uint8Array, callback: (error: DiskError | null) => void): void {
    this.#attempt('write', callback, () => {
      let done = 0;
      while (done < bytes.length) {
        done += fs.writeSync(this.#descriptor, bytes, done, bytes.length - done, offsetBytes + done);
      }
    });
  }

  read(offsetBytes: number, lengthBytes: number, callback: (error: DiskError | null, bytes: Uint8Array) => void): void {
    let result = NO_BYTES;
    this.#attempt(
      'read',
      (error) => callback(error, result),
      () => {
        const buffer = new Uint8Array(lengthBytes);
        let done = 0;
        while (done < lengthBytes) {
          const count = fs.readSync(this.#descriptor, buffer, done, lengthBytes - done, offsetBytes + done);
          if (count === 0) break;
          done += count;
        }
        result = buffer.subarray(0, done);
      },
    );
  }

  sync(callback: (error: DiskError | null) => void): void {
    if (!this.#incarnation.isAlive) return;
    if (this.#isSyncing) this.#waiting.push(() => this.#beginSync(callback));
    else this.#beginSync(callback);
  }

  truncate(lengthBytes: number, callback: (error: DiskError | null) => void): void {
    this.#attempt('truncate', callback, () => fs.ftruncateSync(this.#descriptor, lengthBytes));
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#forget();
    // While it is being synced, the descriptor must not become that of another file.
    if (!this.#isSyncing) fs.closeSync(this.#descriptor);
  }

  #beginSync(callback: (error: DiskError | null) => void): void {
    if (!this.#isOpen) return this.#tell(callback, new DiskError('EBADF', this.#path, 'sync'));
    this.#isSyncing = true;
    fs.fdatasync(this.#descriptor, (cause) => {
      this.#isSyncing = false;
      if (!this.#isOpen) fs.closeSync(this.#descriptor);
      this.#tell(callback, cause === null ? null : diskError(cause, this.#path, 'sync'));
      this.#goOn();
    });
  }

  /** After a sync: whatever waited for it, up to the next one. */
  #goOn(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const step of waiting) {
      if (this.#isSyncing) this.#waiting.push(step);
      else step();
    }
  }

  #tell(callback: (error: DiskError | null) => void, error: DiskError | null): void {
    this.#turns.deferFirst(() => {
      if (this.#incarnation.isAlive) callback(error);
    });
  }

  #attempt(operation: string, callback: (error: DiskError | null) => void, action: () => void): void {
    if (!this.#incarnation.isAlive) return;
    let error: DiskError | null = null;
    if (this.#isOpen) {
      try {
        action();
      } catch (cause) {
        error = diskError(cause, this.#path, operation);
      }
    } else {
      error = new DiskError('EBADF', this.#path, operation);
    }
    if (this.#isSyncing) this.#waiting.push(() => this.#tell(callback, error));
    else this.#tell(callback, error);
  }
}
