import { UsageError } from './errors.js';

/**
 * Reads how long a command may go on, in milliseconds of real time. Minutes may be written `10m` here, as everywhere on command
 * lines; in scenarios they are `10min`.
 *
 * @throws UsageError
 */
export async function parseTimeLimit(flag: string, text: string): Promise<number> {
  const { parseQuantity, DURATION } = await import('../scenarios/index.js');
  const read = parseQuantity(text.replace(/(\d)\s*m(?=\s|\d|$)/g, '$1min'), DURATION);
  if (!read.ok) throw new UsageError(`${flag} ${text}: ${read.mistake.message} Write a time such as 90s, 10m or 1h 30m.`);
  if (read.value <= 0) throw new UsageError(`${flag} ${text}: that is no time at all.`);
  return read.value / 1000;
}
