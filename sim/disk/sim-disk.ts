import type { DistributionSpec } from '../distribution-spec.js';
import type { DiskError, RandomPort } from '../../engine/index.js';
import type { Kernel, RandomStreams } from '../kernel/index.js';
import { Draws } from '../draws.js';
import type { Process } from '../process/index.js';
import { Device } from './device.js';
import { DiskFaults, type DiskOperationKind } from './disk-faults.js';
import type { Completion, DiskOperation } from './disk-operation.js';
import { FolderTree } from './folder-tree.js';
import { inRange } from '../setting-error.js';
import { type DiskSettings, WRITEBACK_MICROS } from './settings.js';
import { StoredFile } from './stored-file.js';

const MICROS_PER_SECOND = 1_000_000;

export interface DiskOptions {
  readonly kernel: Kernel;
  readonly streams: RandomStreams;
  /** Name of the machine; the streams are `disk/<name>/read` and so on. */
  readonly name: string;
  readonly settings: DiskSettings;
}

/**
 * A machine's disk: a small file system with a page cache on one device. Operations act on the page cache at the call and
 * complete when the device has served them; what is durable is decided by syncs, see `StoredFile` and `FolderTree`.
 */
export class SimDisk {
  readonly faults = new DiskFaults();
  readonly device: Device;
  readonly #kernel: Kernel;
  readonly #latency: Readonly<Record<DiskOperationKind, Draws>>;
  readonly #microsPerByte: number;
  readonly #capacityBytes: number;
  readonly #writebackMicros: number;
  #tree: FolderTree;
  #usedBytes = 0;

  constructor(options: DiskOptions) {
    const { kernel, streams, name, settings } = options;
    const latency = (kind: DiskOperationKind, spec: DistributionSpec): Draws =>
      new Draws(spec, streams.stream(`disk/${name}/${kind}`));
    this.#kernel = kernel;
    this.#latency = {
      read: latency('read', settings.readLatency),
      write: latency('write', settings.writeLatency),
      sync: latency('sync', settings.syncLatency),
    };
    this.#microsPerByte = MICROS_PER_SECOND / inRange('bandwidthBytesPerSecond', settings.bandwidthBytesPerSecond, 1);
    this.#capacityBytes = inRange('capacityBytes', settings.capacityBytes, 0);
    this.#writebackMicros = inRange('writebackMicros', settings.writebackMicros ?? WRITEBACK_MICROS, 1);
    this.#tree = new FolderTree(this.#writebackMicros);
    this.device = new Device(kernel, (operation) => this.#served(operation));
    this.faults.slowness.onChange = (ratio) => this.device.rescale(ratio);
  }

  get tree(): FolderTree {
    return this.#tree;
  }

  /** None on a disk that is full, whatever is stored on it. */
  get freeBytes(): number {
    return this.faults.isFull ? 0 : Math.max(0, this.#capacityBytes - this.#usedBytes);
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  get nowMicros(): number {
    return this.#kernel.now;
  }

  /** Bytes on the device for sure, over all files. */
  get durableBytes(): number {
    return this.#tree.files().reduce((sum, [, file]) => sum + file.durableLengthBytes, 0);
  }

  newFile(): StoredFile {
    return new StoredFile(this.#kernel.now, this.#writebackMicros);
  }

  /** Whether the files may grow by so much. */
  hasRoomFor(growthBytes: number): boolean {
    return growthBytes <= 0 || (!this.faults.isFull && this.#usedBytes + growthBytes <= this.#capacityBytes);
  }

  /** Notes that files have grown, or with a negative number shrunk or vanished. */
  use(growthBytes: number): void {
    this.#usedBytes += growthBytes;
  }

  /** What the device needs for one operation that moves so many bytes. */
  serviceMicros(kind: DiskOperationKind, sizeBytes: number): number {
    const micros = this.#latency[kind].nextInteger() + sizeBytes * this.#microsPerByte;
    return Math.round(micros * this.faults.slowness.product);
  }

  /** A blank record for an operation of this process. */
  operation(process: Process, callback: Completion): DiskOperation {
    const operation = this.device.acquire();
    operation.process = process;
    operation.callback = callback;
    return operation;
  }

  /** Loses the page cache, by the model of `tearUnsynced`. Draws only when something was not synced. */
  losePower(random: RandomPort): void {
    this.device.losePower();
    this.#tree.losePower(random, this.#kernel.now);
    this.#usedBytes = 0;
    for (const [, file] of this.#tree.files()) {
      file.losePower(random, this.#kernel.now);
      file.isLinked = true;
      this.#usedBytes += file.cache.lengthBytes;
    }
  }

  /** Puts an empty disk in its place. */
  replace(): void {
    this.device.losePower();
    this.#tree = new FolderTree(this.#writebackMicros);
    this.#usedBytes = 0;
  }

  /**
   * Flips one bit of a byte that is durable, in a file whose path begins with `prefix`; every such byte is as likely. False when
   * there is none.
   */
  rotBit(random: RandomPort, prefix: string): boolean {
    const files = this.#tree.files().filter(([path]) => path.startsWith(prefix));
    const sizes = files.map(([, file]) => Math.min(file.durableLengthBytes, file.cache.lengthBytes));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (total === 0) return false;
    let position = Math.floor(random.nextFloat() * total);
    const bit = Math.floor(random.nextFloat() * 8);
    const index = sizes.findIndex((size) => {
      if (position < size) return true;
      position -= size;
      return false;
    });
    files[index]![1].flipDurableBit(position, bit);
    return true;
  }

  #served(operation: DiskOperation): void {
    const { file } = operation;
    if (operation.effect === 'persist-file') file!.persist(operation.version!);
    else if (operation.effect === 'drop-unsynced') file!.dropUnsynced(this.#kernel.now);
    else if (operation.effect === 'persist-folder') this.#tree.persist(operation.folder, operation.serial);
    const process = operation.process!;
    if (process.hasEnded) this.device.release(operation);
    else process.enter(complete, operation);
  }
}

function complete(operation: DiskOperation): void {
  const { callback, error, result } = operation;
  (operation.server as Device).release(operation);
  (callback as (error: DiskError | null, result: unknown) => void)(error, result);
}
