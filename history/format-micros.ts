const MILLI = 1_000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MINUTE_MILLIS = MINUTE / MILLI;

/**
 * A duration, written as a scenario file writes it, and short enough to be read at a glance. Nothing is rounded up: what is cut off is cut off.
 *
 * | below      | shown as                       | example   |
 * | ---------- | ------------------------------ | --------- |
 * | 1 ms       | microseconds                   | `250us`   |
 * | 1 s        | milliseconds, 3 decimals       | `41.205ms`|
 * | 1 min      | seconds, 3 decimals            | `2.123s`  |
 * | 1 h        | minutes and seconds            | `4min 05s`|
 * | 1 day      | hours and minutes              | `3h 20min`|
 * | any longer | days and hours                 | `3d 02h`  |
 *
 * Decimals and smaller units that are zero are left out: `300ms`, `30s`, `15min`. Zero is `0s`; a negative duration has a leading minus.
 *
 * @example formatMicros(245_000_000) // '4min 05s'
 */
export function formatMicros(micros: number): string {
  if (micros < 0) return `-${formatMicros(-micros)}`;
  const whole = Math.floor(micros);
  if (whole === 0) return '0s';
  if (whole < MILLI) return `${whole}us`;
  if (whole < SECOND) return `${shortest(whole, MILLI)}ms`;
  if (whole < MINUTE) return `${shortest(Math.floor(whole / MILLI), MILLI)}s`;
  if (whole < HOUR) return parts(whole, [MINUTE, 'min'], [SECOND, 's']);
  return whole < DAY ? parts(whole, [HOUR, 'h'], [MINUTE, 'min']) : parts(whole, [DAY, 'd'], [HOUR, 'h']);
}

/**
 * An instant of a run, exact enough to tell what came first: `0.250s`, `12.000s`, `4min 05.021s`, `3h 20min 05.021s`,
 * `3d 02h 20min 05.021s`. Milliseconds are cut off, not rounded.
 */
export function formatInstant(micros: number): string {
  if (micros < 0) return `-${formatInstant(-micros)}`;
  const millis = Math.floor(micros / MILLI);
  const seconds = decimals(millis % MINUTE_MILLIS, MILLI);
  if (micros < MINUTE) return `${seconds}s`;
  const minutes = Math.floor((micros % HOUR) / MINUTE);
  const tail = `${seconds.padStart(6, '0')}s`;
  if (micros < HOUR) return `${minutes}min ${tail}`;
  const hours = Math.floor((micros % DAY) / HOUR);
  if (micros < DAY) return `${hours}h ${two(minutes)}min ${tail}`;
  return `${Math.floor(micros / DAY)}d ${two(hours)}h ${two(minutes)}min ${tail}`;
}

type Unit = readonly [micros: number, name: string];

/** In a unit and the next smaller one, which is left out when there are none of it. */
function parts(micros: number, [large, largeName]: Unit, [small, smallName]: Unit): string {
  const rest = Math.floor((micros % large) / small);
  return `${Math.floor(micros / large)}${largeName}${rest === 0 ? '' : ` ${two(rest)}${smallName}`}`;
}

const shortest = (value: number, unit: number): string => String(Number(decimals(value, unit)));

function decimals(value: number, unit: number): string {
  return `${Math.floor(value / unit)}.${String(value % unit).padStart(3, '0')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
