import { DiskError, type DiskFile, type DiskPort, type TimerHandle } from '../../engine/index.js';
import type { TaskRing } from './task-ring.js';

/** Contents of a file, and how much of it a sync has made durable. */
class StoredFile {
  bytes = new Uint8Array(4096);
  sizeBytes = 0;
  syncedBytes = 0;

  write(offset: number, data: Uint8Array): void {
    const end = offset + data.length;
    if (end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.bytes.length * 2));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes.set(data, offset);
    this.sizeBytes = Math.max(this.sizeBytes, end);
  }

  truncate(length: number): void {
    this.bytes.fill(0, length, this.sizeBytes);
    this.sizeBytes = length;
    this.syncedBytes = Math.min(this.syncedBytes, length);
  }
}

/** What a disk needs of its world. */
export interface DiskWorld {
  readonly ring: TaskRing;
  timer(isAlive: () => boolean, callback: () => void): TimerHandle;
}

/**
 * Files in memory. Writes and reads end in the same instant, a sync after `syncMicros`. A loss of power takes what was
 * appended since the last sync; names are always durable.
 */
export class InstantDisk {
  syncMicros = 0;
  /** Files whose names hold this cannot be opened; the tries are counted. */
  unopenable: string | null = null;
  failedOpens = 0;
  /** The next sync fails. */
  failsNextSync = false;
  readonly #world: DiskWorld;
  readonly #files = new Map<string, StoredFile>();

  constructor(world: DiskWorld) {
    this.#world = world;
  }

  get sizeBytes(): number {
    return [...this.#files.values()].reduce((sum, file) => sum + file.sizeBytes, 0);
  }

  powerLoss(): void {
    for (const file of this.#files.values()) file.truncate(file.syncedBytes);
  }

  /** A copy with its own future, cut to what a loss of power now would leave. */
  copyAfterPowerLoss(): InstantDisk {
    const copy = new InstantDisk(this.#world);
    for (const [path, file] of this.#files) {
      const stored = new StoredFile();
      stored.write(0, file.bytes.subarray(0, file.syncedBytes));
      stored.syncedBytes = file.syncedBytes;
      copy.#files.set(path, stored);
    }
    return copy;
  }

  freeBytes = Infinity;

  /** Contents of a file, to damage them. */
  file(path: string): Uint8Array {
    const file = this.#files.get(path)!;
    return file.bytes.subarray(0, file.sizeBytes);
  }

  paths(): string[] {
    return [...this.#files.keys()].sort();
  }

  port(isAlive: () => boolean): DiskPort {
    const soon = (action: () => void) => this.#world.ring.push({ run: () => { if (isAlive()) action(); } }, null);
    const files = this.#files;
    return {
      list: (directory, callback) => soon(() => callback(null, this.#names(directory))),
      makeDirectory: (_directory, callback) => soon(() => callback(null)),
      open: (path, { create }, callback) => soon(() => {
        if (this.unopenable !== null && path.includes(this.unopenable)) {
          this.failedOpens += 1;
          return callback(new DiskError('EIO', path, 'open'), null);
        }
        let file = files.get(path);
        if (file === undefined && !create) return callback(new DiskError('ENOENT', path, 'open'), null);
        file ??= new StoredFile();
        files.set(path, file);
        return callback(null, this.#openFile(file, path, soon, isAlive));
      }),
      remove: (path, callback) => soon(() => callback(files.delete(path) ? null : new DiskError('ENOENT', path, 'remove'))),
      rename: (from, to, callback) => soon(() => {
        const file = files.get(from);
        if (file === undefined) return callback(new DiskError('ENOENT', from, 'rename'));
        files.delete(from);
        files.set(to, file);
        return callback(null);
      }),
      syncDirectory: (_directory, callback) => soon(() => callback(null)),
      freeBytes: () => this.freeBytes,
    };
  }

  #names(directory: string): string[] {
    const prefix = `${directory}/`;
    return this.paths().filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  }

  #openFile(file: StoredFile, path: string, soon: (action: () => void) => void, isAlive: () => boolean): DiskFile {
    return {
      get sizeBytes() {
        return file.sizeBytes;
      },
      write: (offset, bytes, callback) => {
        file.write(offset, bytes);
        soon(() => callback(null));
      },
      read: (offset, length, callback) => soon(() => callback(null, file.bytes.slice(offset, Math.min(offset + length, file.sizeBytes)))),
      sync: (callback) => {
        const durable = file.sizeBytes;
        const failed = this.failsNextSync;
        this.failsNextSync = false;
        const done = () => {
          if (!failed) file.syncedBytes = Math.max(file.syncedBytes, durable);
          callback(failed ? new DiskError('EIO', path, 'sync') : null);
        };
        if (this.syncMicros === 0) soon(done);
        else this.#syncLater(isAlive, done);
      },
      truncate: (length, callback) => {
        file.truncate(length);
        soon(() => callback(null));
      },
      close: () => {},
    };
  }

  readonly #syncTimers: { isBusy: boolean; start: (done: () => void) => void }[] = [];

  #syncLater(isAlive: () => boolean, done: () => void): void {
    let free = this.#syncTimers.find((candidate) => !candidate.isBusy);
    if (free === undefined) {
      let action = () => {};
      const timer = this.#world.timer(() => true, () => {
        entry.isBusy = false;
        action();
      });
      const entry = {
        isBusy: false,
        start: (next: () => void) => {
          action = next;
          entry.isBusy = true;
          timer.arm(this.syncMicros);
        },
      };
      this.#syncTimers.push(entry);
      free = entry;
    }
    free.start(() => {
      if (isAlive()) done();
    });
  }
}
