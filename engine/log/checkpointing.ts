import type { DiskError, DiskFile, DiskPort } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import { CheckpointBuffer } from './checkpoint-file.js';
import { diskFailure, LogError } from './errors.js';
import type { GroupCommit } from './group-commit.js';
import type { CheckpointWriter } from './log.js';
import { removeFiles } from './log-files.js';
import { checkpointName, temporaryName } from './segment-format.js';
import type { SegmentList } from './segment-list.js';

/** What one write takes: between two of them, batches of the log get their turn at the disk. */
const CHUNK_BYTES = 256 * 1024;

type Done = (error: LogError | null, position: number) => void;

/**
 * Writes checkpoints, one at a time. The order makes every crash harmless: records below the checkpoint synced; temporary file
 * written, synced, renamed; folder synced; only then are older files removed.
 */
export class Checkpointing {
  readonly #disk: DiskPort;
  readonly #directory: string;
  readonly #segments: SegmentList;
  readonly #commit: GroupCommit;
  /** Paths of all other checkpoints, and of segments left from before: to remove when the next checkpoint is durable. */
  #obsolete: readonly string[];
  readonly #mutations: Mutations;
  #isBusy = false;

  constructor(
    disk: DiskPort, directory: string, segments: SegmentList, commit: GroupCommit, obsolete: readonly string[], mutations: Mutations,
  ) {
    this.#mutations = mutations;
    this.#disk = disk;
    this.#directory = directory;
    this.#segments = segments;
    this.#commit = commit;
    this.#obsolete = obsolete;
  }

  /** See {@link Log.checkpoint}. */
  write(writtenPosition: number, write: (writer: CheckpointWriter) => void, callback: Done): void {
    const position = writtenPosition + (this.#mutations.checkpointOffByOne ? 1 : 0);
    if (this.#isBusy) return callback(busyError(), position);
    const buffer = new CheckpointBuffer();
    write(buffer);
    const bytes = buffer.finish(position);
    this.#isBusy = true;
    this.#commit.syncer.whenSynced(writtenPosition, (error) => {
      if (error !== null) return this.#end(error, position, callback);
      if (this.#mutations.oldSegmentsRemovedFirst) this.#removeObsolete(this.#obsolete, position, () => undefined);
      const path = `${this.#directory}/${checkpointName(position)}`;
      this.#writeFile(temporaryName(path), bytes, (writeError) => {
        if (writeError === null) this.#name(path, position, callback);
        else this.#discard(temporaryName(path), writeError, position, callback);
      });
    });
  }

  /** Writes and syncs the temporary file. */
  #writeFile(path: string, bytes: Uint8Array, callback: (error: LogError | null) => void): void {
    let file: DiskFile | null = null;
    let written = 0;
    const fail = (code: 'QL_LOG_WRITE_FAILED' | 'QL_LOG_SYNC_FAILED', error: DiskError): void => {
      file?.close();
      callback(diskFailure(code, error));
    };
    const writeNext = (error: DiskError | null): void => {
      if (error !== null) return fail('QL_LOG_WRITE_FAILED', error);
      if (written === bytes.length) return this.#mutations.checkpointNotSynced ? onSynced(null) : file!.sync(onSynced);
      const chunk = bytes.subarray(written, written + CHUNK_BYTES);
      file!.write(written, chunk, writeNext);
      written += chunk.length;
    };
    const onSynced = (error: DiskError | null): void => {
      if (error !== null) return fail('QL_LOG_SYNC_FAILED', error);
      file!.close();
      callback(null);
    };
    this.#disk.open(path, { create: true }, (error, opened) => {
      if (error !== null) return fail('QL_LOG_WRITE_FAILED', error);
      file = opened!;
      file.truncate(0, writeNext);
    });
  }

  #discard(temporaryPath: string, error: LogError, position: number, callback: Done): void {
    removeFiles(this.#disk, [temporaryPath], () => this.#end(error, position, callback));
  }

  /** From here on the old checkpoint or the new one is found, and nothing that either needs is gone. */
  #name(path: string, position: number, callback: Done): void {
    this.#disk.rename(temporaryName(path), path, (renameError) => {
      if (renameError !== null) return this.#end(diskFailure('QL_LOG_WRITE_FAILED', renameError), position, callback);
      const others = this.#obsolete.filter((other) => other !== path);
      this.#obsolete = [...others, path];
      this.#disk.syncDirectory(this.#directory, (error) => {
        if (error !== null) return this.#end(diskFailure('QL_LOG_SYNC_FAILED', error), position, callback);
        this.#removeObsolete(others, position, () => {
          this.#isBusy = false;
        });
        callback(null, position);
      });
    });
  }

  /** A file that cannot be removed now is removed after the next checkpoint. */
  #removeObsolete(others: readonly string[], position: number, callback: () => void): void {
    const paths = [...others];
    for (let segment = this.#segments.oldestBelow(position); segment !== null; segment = this.#segments.oldestBelow(position)) {
      paths.push(segment.path);
      this.#segments.removeOldest();
    }
    const kept = this.#obsolete.filter((path) => !others.includes(path));
    this.#obsolete = [...paths, ...kept];
    removeFiles(this.#disk, paths, (error) => {
      if (error === null) this.#obsolete = kept;
      callback();
    });
  }

  #end(error: LogError, position: number, callback: Done): void {
    this.#isBusy = false;
    callback(error, position);
  }
}

export function busyError(): LogError {
  return new LogError('QL_LOG_BUSY', 'The log is already at it: one checkpoint and one retention at a time.');
}
