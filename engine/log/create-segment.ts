import type { DiskError, DiskFile } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import { diskFailure, type LogError } from './errors.js';
import type { LogHost } from './log-host.js';
import { encodeSegmentHeader } from './segment-format.js';
import { Segment } from './segment.js';

/**
 * Makes the file of the segment that begins at `basePosition` and makes its name durable, so that no record is ever
 * acknowledged in a file that a loss of power takes as a whole. Its head is synced with its first batch.
 */
export function createSegment(
  host: LogHost, directory: string, basePosition: number, mutations: Mutations,
  callback: (error: LogError | null, segment: Segment | null) => void,
): void {
  const header = encodeSegmentHeader(basePosition, basePosition, host.random.nextUint32());
  const segment = new Segment(directory, basePosition, header);

  const onOpen = (error: DiskError | null, file: DiskFile | null): void => {
    if (error !== null) return callback(diskFailure('QL_LOG_WRITE_FAILED', error), null);
    segment.file = file!;
    if (file!.sizeBytes > 0) file!.truncate(0, onEmpty);
    else onEmpty(null);
  };
  const onEmpty = (error: DiskError | null): void => {
    if (error !== null) return callback(diskFailure('QL_LOG_WRITE_FAILED', error), null);
    segment.file!.write(0, header.bytes, onHeader);
  };
  const onHeader = (error: DiskError | null): void => {
    if (error !== null) return callback(diskFailure('QL_LOG_WRITE_FAILED', error), null);
    if (mutations.directoryNotSynced) onName(null);
    else host.disk.syncDirectory(directory, onName);
  };
  const onName = (error: DiskError | null): void => {
    if (error !== null) return callback(diskFailure('QL_LOG_SYNC_FAILED', error), null);
    callback(null, segment);
  };
  host.disk.open(segment.path, { create: true }, onOpen);
}
