import type { QueueSettings } from '../queue/index.js';
import type { QueueLimits, Range } from './config.js';

const RANGED = ['visibilityTimeoutMicros', 'delayMicros', 'retentionMicros', 'receiveWaitMicros', 'maxMessageBytes'] as const;

/** The first of a queue's settings that is out of its range; null: all is well. */
export function badSetting(name: string, settings: QueueSettings, limits: QueueLimits): string | null {
  for (const field of RANGED) {
    if (!isWithin(settings[field], limits[field])) return field;
  }
  const { deadLetter } = settings;
  if (deadLetter === null) return null;
  if (!isWithin(deadLetter.maxReceiveCount, limits.maxReceiveCount)) return 'maxReceiveCount';
  // A message that moved to its own queue would move for ever.
  return deadLetter.queue === name ? 'deadLetter' : null;
}

export function isWithin(value: number, range: Range): boolean {
  return Number.isInteger(value) && value >= range.min && value <= range.max;
}
