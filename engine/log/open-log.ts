import { NO_MUTATIONS } from '../mutants/index.js';
import { checkOptions } from './check-options.js';
import type { LogError } from './errors.js';
import { GroupCommit } from './group-commit.js';
import type { LogHost } from './log-host.js';
import type { Log } from './log.js';
import type { LogOptions } from './options.js';
import { PendingBatches } from './pending-batches.js';
import { type Recovered, Recovery } from './recovery.js';
import type { LogRecovery, LogVisitor } from './recovery-report.js';
import { SegmentedLog } from './segmented-log.js';

const DEFAULT_MAX_PENDING_BYTES = 256 * 1024 * 1024;

/**
 * Opens the log in a folder, or begins one there. What it holds is shown to `visitor`, then `onReady` is called: with the log
 * and what recovery found, or with an error. An error leaves the folder as a crash would: it can be opened again.
 *
 * @throws {LogError} `QL_LOG_OPTIONS`
 */
export function openLog(
  host: LogHost,
  options: LogOptions,
  visitor: LogVisitor,
  onReady: (error: LogError | null, log: Log | null, recovery: LogRecovery | null) => void,
): void {
  checkOptions(options);
  const recovery = new Recovery(host, options, visitor, (error, recovered) => {
    if (error !== null || recovered === null) return onReady(error, null, null);
    onReady(null, makeLog(host, options, recovered), recovered.report);
  });
  recovery.run();
}

function makeLog(host: LogHost, options: LogOptions, { segments, report, obsolete }: Recovered): Log {
  const pending = new PendingBatches({
    clock: host.clock,
    nextPosition: report.nextPosition,
    maxBatchBytes: options.maxBatchBytes,
    maxPendingBytes: options.maxPendingBytes ?? DEFAULT_MAX_PENDING_BYTES,
    onFirst: () => commit.noteFirst(),
  });
  const commit = new GroupCommit(host, options, segments, pending);
  const { directory, mutations = NO_MUTATIONS } = options;
  return new SegmentedLog({ host, directory, segments, pending, commit, obsolete, mutations });
}
