import type { DiskError } from '../../engine/index.js';
import type { EventId } from '../kernel/index.js';
import type { Process } from '../process/index.js';
import type { FileVersion } from './file-version.js';
import type { StoredFile } from './stored-file.js';

export type Completion = (error: DiskError | null, result: never) => void;

/** What the device does to the stored state when an operation completes; reads and writes have acted at their call. */
export type DiskEffect = 'none' | 'persist-file' | 'drop-unsynced' | 'persist-folder';

/** Called when an operation's time on the device has passed. */
export interface OperationServer {
  serve(operation: DiskOperation): void;
}

/** One operation on its way through the device. Records are used again and again. */
export class DiskOperation {
  readonly server: OperationServer;
  /** The one that is served after it; of a record that is not in use, the next such. */
  next: DiskOperation | null = null;
  process: Process | null = null;
  callback: Completion | null = null;
  error: DiskError | null = null;
  result: unknown = undefined;
  effect: DiskEffect = 'none';
  file: StoredFile | null = null;
  version: FileVersion | null = null;
  folder = '';
  serial = 0;
  serviceMicros = 0;
  /** When it will be served, and the event that says so. */
  endMicros = 0;
  event: EventId = 0;

  constructor(server: OperationServer) {
    this.server = server;
  }

  clear(): void {
    this.process = null;
    this.callback = null;
    this.error = null;
    this.result = undefined;
    this.effect = 'none';
    this.file = null;
    this.version = null;
  }
}
