import type { Host } from '../host.js';
import type { LogError } from './errors.js';
import type { Log } from './log.js';
import type { LogOptions } from './options.js';
import type { LogRecovery, LogVisitor } from './recovery-report.js';

/** What a log needs of its host. Randomness marks segments, so that bytes of another file are known as foreign. */
export type LogHost = Pick<Host, 'clock' | 'timers' | 'disk' | 'random'>;

/** @throws {Error} always: the inside is not there yet */
export function openLog(
  _host: LogHost,
  _options: LogOptions,
  _visitor: LogVisitor,
  _onReady: (error: LogError | null, log: Log | null, recovery: LogRecovery | null) => void,
): void {
  throw new Error('engine/log: the door is here, the inside is not');
}
