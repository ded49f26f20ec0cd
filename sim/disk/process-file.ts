import { DiskError, type DiskErrorCode, type DiskFile } from '../../engine/index.js';
import type { Process } from '../process/index.js';
import type { Completion } from './disk-operation.js';
import type { SimDisk } from './sim-disk.js';
import type { StoredFile } from './stored-file.js';

const NO_BYTES = new Uint8Array(0);

type Done = (error: DiskError | null) => void;

/** An open file of one incarnation. */
export class ProcessFile implements DiskFile {
  readonly #disk: SimDisk;
  readonly #process: Process;
  readonly #file: StoredFile;
  readonly #path: string;
  #isOpen = true;

  constructor(disk: SimDisk, process: Process, file: StoredFile, path: string) {
    this.#disk = disk;
    this.#process = process;
    this.#file = file;
    this.#path = path;
  }

  get sizeBytes(): number {
    return this.#file.cache.lengthBytes;
  }

  write(offsetBytes: number, bytes: Uint8Array, callback: Done): void {
    if (this.#process.hasEnded) return;
    const disk = this.#disk;
    const growth = Math.max(0, offsetBytes + bytes.length - this.#file.cache.lengthBytes);
    let error = this.#errorOf('write', 'write');
    if (error === null && growth > 0 && !disk.hasRoomFor(growth)) error = this.#error('ENOSPC', 'write');
    if (error === null) {
      this.#put(offsetBytes, bytes);
      if (this.#file.isLinked) disk.use(growth);
    }
    this.#submit('write', bytes.length, error, undefined, callback);
  }

  read(offsetBytes: number, lengthBytes: number, callback: (error: DiskError | null, bytes: Uint8Array) => void): void {
    if (this.#process.hasEnded) return;
    const error = this.#errorOf('read', 'read');
    const bytes = error === null ? this.#file.cache.read(offsetBytes, lengthBytes) : NO_BYTES;
    this.#submit('read', bytes.length, error, bytes, callback);
  }

  sync(callback: Done): void {
    if (this.#process.hasEnded) return;
    const { faults, device, nowMicros } = this.#disk;
    const operation = this.#disk.operation(this.#process, callback);
    operation.error = this.#errorOf('sync', 'sync');
    if (operation.error === null) {
      operation.file = this.#file;
      if (faults.takeSyncFailure()) {
        operation.effect = 'drop-unsynced';
        operation.error = this.#error('EIO', 'sync');
      } else {
        operation.effect = 'persist-file';
        operation.version = this.#file.capture(nowMicros);
      }
    }
    device.submit(operation, this.#disk.serviceMicros('sync', 0));
  }

  truncate(lengthBytes: number, callback: Done): void {
    if (this.#process.hasEnded) return;
    const growth = lengthBytes - this.#file.cache.lengthBytes;
    let error = this.#errorOf('write', 'truncate');
    if (error === null && !this.#disk.hasRoomFor(growth)) error = this.#error('ENOSPC', 'truncate');
    if (error === null) {
      this.#file.truncate(lengthBytes, this.#disk.nowMicros);
      if (this.#file.isLinked) this.#disk.use(growth);
    }
    this.#submit('write', 0, error, undefined, callback);
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Writes where the bytes belong, or by a fault elsewhere: then only the length is as it should be. */
  #put(offsetBytes: number, bytes: Uint8Array): void {
    const { faults, nowMicros } = this.#disk;
    const file = this.#file;
    const elsewhere = faults.takeMisdirection(offsetBytes, bytes.length, file.cache.lengthBytes);
    if (elsewhere === null) {
      file.write(offsetBytes, bytes, nowMicros);
      return;
    }
    const end = offsetBytes + bytes.length;
    if (end > file.cache.lengthBytes) file.truncate(end, nowMicros);
    file.write(elsewhere, bytes, nowMicros);
  }

  #errorOf(kind: 'read' | 'write' | 'sync', operation: string): DiskError | null {
    if (!this.#isOpen) return this.#error('EBADF', operation);
    return this.#disk.faults.takeError(kind) ? this.#error('EIO', operation) : null;
  }

  #error(code: DiskErrorCode, operation: string): DiskError {
    return new DiskError(code, this.#path, operation);
  }

  #submit(kind: 'read' | 'write', sizeBytes: number, error: DiskError | null, result: unknown, callback: Completion): void {
    const operation = this.#disk.operation(this.#process, callback);
    operation.error = error;
    operation.result = result;
    this.#disk.device.submit(operation, this.#disk.serviceMicros(kind, sizeBytes));
  }
}
