import * as fs from 'node:fs';
import * as paths from 'node:path';
import { DiskError } from '../engine/index.js';
import type { DiskFile, DiskPort } from '../engine/index.js';
import { diskError, LiveFile } from './file.js';
import type { Incarnation } from './incarnation.js';
import type { TurnQueue } from './turn-queue.js';

/** A folder of the real file system as a node's disk. Nothing outside that folder can be named. */
export class LiveDisk implements DiskPort {
  readonly #root: string;
  readonly #turns: TurnQueue;
  readonly #incarnation: Incarnation;

  constructor(root: string, turns: TurnQueue, incarnation: Incarnation) {
    this.#root = paths.resolve(root);
    this.#turns = turns;
    this.#incarnation = incarnation;
    fs.mkdirSync(this.#root, { recursive: true });
  }

  freeBytes(): number {
    const { bavail, bsize } = fs.statfsSync(this.#root);
    return bavail * bsize;
  }

  list(directory: string, callback: (error: DiskError | null, names: readonly string[]) => void): void {
    let names: string[] = [];
    this.#attempt(
      'list',
      directory,
      (error) => callback(error, names),
      (path) => {
        // `sort()` without a comparator orders by code units on every machine.
        names = fs.existsSync(path) ? fs.readdirSync(path).sort() : [];
      },
    );
  }

  makeDirectory(directory: string, callback: (error: DiskError | null) => void): void {
    this.#attempt('makeDirectory', directory, callback, (path) => {
      fs.mkdirSync(path, { recursive: true });
    });
  }

  open(
    path: string,
    options: { readonly create: boolean },
    callback: (error: DiskError | null, file: DiskFile | null) => void,
  ): void {
    let file: LiveFile | null = null;
    this.#attempt(
      'open',
      path,
      (error) => callback(error, file),
      (absolute) => {
        const flags = options.create ? fs.constants.O_RDWR | fs.constants.O_CREAT : fs.constants.O_RDWR;
        file = new LiveFile(path, fs.openSync(absolute, flags, 0o644), this.#turns, this.#incarnation);
      },
    );
  }

  remove(path: string, callback: (error: DiskError | null) => void): void {
    this.#attempt('remove', path, callback, (absolute) => fs.unlinkSync(absolute));
  }

  rename(from: string, to: string, callback: (error: DiskError | null) => void): void {
    this.#attempt('rename', from, callback, (absolute) => fs.renameSync(absolute, this.#absolute(to)));
  }

  syncDirectory(directory: string, callback: (error: DiskError | null) => void): void {
    this.#attempt('syncDirectory', directory, callback, (path) => {
      const descriptor = fs.openSync(path, fs.constants.O_RDONLY);
      try {
        fs.fsyncSync(descriptor);
      } finally {
        fs.closeSync(descriptor);
      }
    });
  }

  #absolute(path: string): string {
    const absolute = paths.resolve(this.#root, path);
    const isInside = absolute === this.#root || absolute.startsWith(this.#root + paths.sep);
    if (!isInside) throw new DiskError('ENOENT', path, 'resolve');
    return absolute;
  }

  #attempt(
    operation: string,
    path: string,
    callback: (error: DiskError | null) => void,
    action: (absolute: string) => void,
  ): void {
    if (!this.#incarnation.isAlive) return;
    let error: DiskError | null = null;
    try {
      action(this.#absolute(path));
    } catch (cause) {
      error = cause instanceof DiskError ? cause : diskError(cause, path, operation);
    }
    this.#turns.deferFirst(() => {
      if (this.#incarnation.isAlive) callback(error);
    });
  }
}
