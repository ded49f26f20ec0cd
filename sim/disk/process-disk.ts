import { DiskError, type DiskErrorCode, type DiskFile, type DiskPort } from '../../engine/index.js';
import type { Process } from '../process/index.js';
import type { Completion } from './disk-operation.js';
import { parentOf } from './folder-tree.js';
import { ProcessFile } from './process-file.js';
import type { SimDisk } from './sim-disk.js';

const NO_NAMES: readonly string[] = [];

type Done = (error: DiskError | null) => void;

/** A machine's disk as one incarnation of its process sees it. */
export class ProcessDisk implements DiskPort {
  readonly #disk: SimDisk;
  readonly #process: Process;

  constructor(disk: SimDisk, process: Process) {
    this.#disk = disk;
    this.#process = process;
  }

  freeBytes(): number {
    return this.#disk.freeBytes;
  }

  list(directory: string, callback: (error: DiskError | null, names: readonly string[]) => void): void {
    if (this.#process.hasEnded) return;
    const error = this.#errorOf('read', 'list', directory);
    const names = error === null ? this.#disk.tree.list(directory) : NO_NAMES;
    this.#submit('read', error, names, callback);
  }

  makeDirectory(directory: string, callback: Done): void {
    if (this.#process.hasEnded) return;
    let error = this.#errorOf('write', 'makeDirectory', directory);
    if (error === null && !this.#canMake(directory)) error = new DiskError('EEXIST', directory, 'makeDirectory');
    if (error === null) this.#make(directory);
    this.#submit('write', error, undefined, callback);
  }

  open(
    path: string,
    options: { readonly create: boolean },
    callback: (error: DiskError | null, file: DiskFile | null) => void,
  ): void {
    if (this.#process.hasEnded) return;
    const { tree } = this.#disk;
    const isNew = options.create && tree.file(path) === null;
    let error = this.#errorOf(isNew ? 'write' : 'read', 'open', path);
    if (error === null && isNew) error = this.#create(path);
    const file = error === null ? tree.file(path) : null;
    if (error === null && file === null) error = new DiskError('ENOENT', path, 'open');
    const handle = file === null ? null : new ProcessFile(this.#disk, this.#process, file, path);
    this.#submit(isNew ? 'write' : 'read', error, handle, callback);
  }

  remove(path: string, callback: Done): void {
    if (this.#process.hasEnded) return;
    const file = this.#disk.tree.file(path);
    let error = this.#errorOf('write', 'remove', path);
    if (error === null && file === null) error = new DiskError('ENOENT', path, 'remove');
    if (error === null) {
      this.#unlink(path);
      this.#disk.tree.remove(path, this.#disk.nowMicros);
    }
    this.#submit('write', error, undefined, callback);
  }

  rename(from: string, to: string, callback: Done): void {
    if (this.#process.hasEnded) return;
    const { tree } = this.#disk;
    let error = this.#errorOf('write', 'rename', from);
    if (error === null && (tree.file(from) === null || !tree.hasFolder(parentOf(to)))) error = new DiskError('ENOENT', from, 'rename');
    if (error === null && tree.hasFolder(to)) error = new DiskError('EEXIST', to, 'rename');
    if (error === null && from !== to) {
      this.#unlink(to);
      tree.rename(from, to, this.#disk.nowMicros);
    }
    this.#submit('write', error, undefined, callback);
  }

  syncDirectory(directory: string, callback: Done): void {
    if (this.#process.hasEnded) return;
    const { tree, device } = this.#disk;
    let error = this.#errorOf('sync', 'syncDirectory', directory);
    if (error === null && !tree.hasFolder(directory)) error = new DiskError('ENOENT', directory, 'syncDirectory');
    const operation = this.#disk.operation(this.#process, callback);
    operation.error = error;
    if (error === null) {
      operation.effect = 'persist-folder';
      operation.folder = directory;
      operation.serial = tree.lastChange;
    }
    device.submit(operation, this.#disk.serviceMicros('sync', 0));
  }

  #errorOf(kind: 'read' | 'write' | 'sync', operation: string, path: string): DiskError | null {
    return this.#disk.faults.takeError(kind) ? new DiskError('EIO', path, operation) : null;
  }

  #submit(kind: 'read' | 'write', error: DiskError | null, result: unknown, callback: Completion): void {
    const operation = this.#disk.operation(this.#process, callback);
    operation.error = error;
    operation.result = result;
    this.#disk.device.submit(operation, this.#disk.serviceMicros(kind, 0));
  }

  /** A file stands in the way of neither the folder nor a parent of it. */
  #canMake(directory: string): boolean {
    for (let path = directory; path !== ''; path = parentOf(path)) {
      if (this.#disk.tree.file(path) !== null) return false;
    }
    return true;
  }

  #make(directory: string): void {
    const { tree, nowMicros } = this.#disk;
    if (tree.hasFolder(directory)) return;
    this.#make(parentOf(directory));
    tree.makeFolder(directory, nowMicros);
  }

  #create(path: string): DiskError | null {
    const { tree, faults, nowMicros } = this.#disk;
    let code: DiskErrorCode | null = null;
    if (!tree.hasFolder(parentOf(path))) code = 'ENOENT';
    else if (tree.hasFolder(path)) code = 'EEXIST';
    else if (faults.isFull) code = 'ENOSPC';
    if (code !== null) return new DiskError(code, path, 'open');
    tree.create(path, this.#disk.newFile(), nowMicros);
    return null;
  }

  #unlink(path: string): void {
    const file = this.#disk.tree.file(path);
    if (file === null) return;
    file.isLinked = false;
    this.#disk.use(-file.cache.lengthBytes);
  }
}
