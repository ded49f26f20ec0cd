import { LogError } from './errors.js';
import type { LogOptions } from './options.js';

const MAX_UINT32 = 0xffff_ffff;
const MIB = 1024 * 1024;

/** @throws {LogError} `QL_LOG_OPTIONS` for an option that is out of its range */
export function checkOptions(options: LogOptions): void {
  const { directory, segmentBytes, maxBatchBytes, epoch, flush, maxPendingBytes } = options;
  if (directory === '' || directory.endsWith('/')) throw optionError('directory', directory, 'a folder below the root, without a slash at its end');
  checkRange('maxBatchBytes', maxBatchBytes, 256, 16 * MIB);
  checkRange('segmentBytes', segmentBytes, Math.max(4096, maxBatchBytes), 1024 * MIB);
  checkRange('epoch', epoch, 0, MAX_UINT32);
  if (maxPendingBytes !== undefined) checkRange('maxPendingBytes', maxPendingBytes, maxBatchBytes, 1024 * MIB);
  if (flush.kind === 'interval') checkRange('flush.intervalMicros', flush.intervalMicros, 1, Number.MAX_SAFE_INTEGER);
}

function checkRange(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) throw optionError(name, value, `an integer from ${least} to ${most}`);
}

function optionError(name: string, value: number | string, expected: string): LogError {
  return new LogError('QL_LOG_OPTIONS', `The log option ${name} is ${JSON.stringify(value)}; it must be ${expected}.`);
}
