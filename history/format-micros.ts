const MILLI = 1_000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MINUTE_MILLIS = MINUTE / MILLI;

/**
 * A time or duration in words a person reads at a glance. Nothing is rounded up: what is cut off is cut off.
 *
 * | below      | shown as                    | example   |
 * | ---------- | --------------------------- | --------- |
 * | 1 ms       | microseconds                | `250us`   |
 * | 1 s        | milliseconds, 3 decimals    | `41.205ms`|
 * | 1 min      | seconds, 3 decimals         | `12.000s` |
 * | 1 h        | minutes and seconds         | `4m 05s`  |
 * | 1 day      | hours and minutes           | `3h 20m`  |
 * | any longer | days and hours              | `3d 02h`  |
 *
 * Zero is `0s`; a negative duration has a leading minus.
 *
 * @example formatMicros(245_000_000) // '4m 05s'
 */
export function formatMicros(micros: number): string {
  if (micros < 0) return `-${formatMicros(-micros)}`;
  const whole = Math.floor(micros);
  if (whole === 0) return '0s';
  if (whole < MILLI) return `${whole}us`;
  if (whole < SECOND) return `${decimals(whole, MILLI)}ms`;
  if (whole < MINUTE) return `${decimals(Math.floor(whole / MILLI), MILLI)}s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)}m ${two(Math.floor((whole % MINUTE) / SECOND))}s`;
  if (whole < DAY) return `${Math.floor(whole / HOUR)}h ${two(Math.floor((whole % HOUR) / MINUTE))}m`;
  return `${Math.floor(whole / DAY)}d ${two(Math.floor((whole % DAY) / HOUR))}h`;
}

/**
 * An instant of a run, exact enough to tell what came first: `0.250s`, `12.000s`, `4m 05.021s`, `3h 20m 05.021s`,
 * `3d 02h 20m 05.021s`. Milliseconds are cut off, not rounded.
 */
export function formatInstant(micros: number): string {
  if (micros < 0) return `-${formatInstant(-micros)}`;
  const millis = Math.floor(micros / MILLI);
  const seconds = decimals(millis % MINUTE_MILLIS, MILLI);
  if (micros < MINUTE) return `${seconds}s`;
  const minutes = Math.floor((micros % HOUR) / MINUTE);
  const tail = `${seconds.padStart(6, '0')}s`;
  if (micros < HOUR) return `${minutes}m ${tail}`;
  const hours = Math.floor((micros % DAY) / HOUR);
  if (micros < DAY) return `${hours}h ${two(minutes)}m ${tail}`;
  return `${Math.floor(micros / DAY)}d ${two(hours)}h ${two(minutes)}m ${tail}`;
}

function decimals(value: number, unit: number): string {
  return `${Math.floor(value / unit)}.${String(value % unit).padStart(3, '0')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
