export { crc32c } from './crc32c.js';
export { LogError, type LogErrorCode } from './errors.js';
export type { CheckpointWriter, Log, LogListener, LogReader, RetentionLimits } from './log.js';
export type { LogHost } from './log-host.js';
export { openLog } from './open-log.js';
export type { FlushPolicy, LogOptions } from './options.js';
export type { SyncReport } from './syncer.js';
export { type Corruption, type LogRecovery, type LogVisitor, missingRecords } from './recovery-report.js';
