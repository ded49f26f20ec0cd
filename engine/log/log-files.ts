import type { DiskError, DiskPort } from '../host.js';
import { diskFailure, type LogError } from './errors.js';
import { isTemporaryName, positionOfCheckpoint, positionOfSegment } from './segment-format.js';

/** What a log's folder holds. */
export interface LogFiles {
  /** Base positions, ascending. */
  readonly segments: readonly number[];
  /** Positions, ascending. */
  readonly checkpoints: readonly number[];
}

/** Makes the folder when absent, removes what a crash left half made, and lists the rest. Other files are let alone. */
export function openFolder(disk: DiskPort, directory: string, callback: (error: LogError | null, files: LogFiles) => void): void {
  const none: LogFiles = { segments: [], checkpoints: [] };
  const fail = (error: DiskError): void => callback(diskFailure('QL_LOG_WRITE_FAILED', error), none);

  const onParentSynced = (error: DiskError | null): void => {
    if (error !== null) return callback(diskFailure('QL_LOG_SYNC_FAILED', error), none);
    disk.list(directory, onList);
  };
  const onList = (error: DiskError | null, names: readonly string[]): void => {
    if (error !== null) return callback(diskFailure('QL_LOG_READ_FAILED', error), none);
    const files = {
      segments: names.map(positionOfSegment).filter((position) => position >= 0),
      checkpoints: names.map(positionOfCheckpoint).filter((position) => position >= 0),
    };
    removeFiles(disk, names.filter(isTemporaryName).map((name) => `${directory}/${name}`), (removeError) => {
      if (removeError !== null) return fail(removeError);
      callback(null, files);
    });
  };
  disk.makeDirectory(directory, (error) => {
    if (error !== null) return fail(error);
    disk.syncDirectory(parentOf(directory), onParentSynced);
  });
}

/** Removes files one after the other. A file that is not there any more counts as removed. */
export function removeFiles(disk: DiskPort, paths: readonly string[], callback: (error: DiskError | null) => void): void {
  let next = 0;
  const removeNext = (error: DiskError | null): void => {
    if (error !== null && error.code !== 'ENOENT') return callback(error);
    if (next === paths.length) return callback(null);
    disk.remove(paths[next++]!, removeNext);
  };
  removeNext(null);
}

function parentOf(directory: string): string {
  return directory.slice(0, Math.max(0, directory.lastIndexOf('/')));
}
