import { formatMicros } from '../../history/index.js';

/** A whole number with thin groups, `1,234,567`; independent of the reader's locale, as reports are the same everywhere. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return '-';
  const [whole = '', fraction] = plain(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** At most one decimal from 10 up, three significant digits below. */
function plain(value: number): string {
  if (Number.isInteger(value)) return value.toFixed(0);
  return String(Number(Math.abs(value) >= 10 ? value.toFixed(1) : value.toPrecision(3)));
}

const PER_MINUTE = 60;
const PER_HOUR = 3_600;

/** A rate in the largest unit of time in which it is at least 1: `1,234.5/s`, `12/min`, `3/h`. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0 || perSecond >= 1) return `${formatCount(perSecond)}/s`;
  if (perSecond * PER_MINUTE >= 1) return `${formatCount(perSecond * PER_MINUTE)}/min`;
  return `${formatCount(perSecond * PER_HOUR)}/h`;
}

const MILLI = 1_000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;

/** A duration with three significant digits, for figures at a glance, written as durations are everywhere: `41.2ms`, `1.2s`, `4min 05s`. */
export function formatDuration(micros: number): string {
  if (micros === 0) return '0s';
  // What rounds up to a larger unit is written in that.
  const rounded = threeDigits(micros);
  if (rounded < MILLI) return `${rounded}us`;
  if (rounded < SECOND) return `${threeDigits(micros / MILLI)}ms`;
  return rounded < MINUTE ? `${threeDigits(micros / SECOND)}s` : formatMicros(Math.max(micros, MINUTE));
}

const threeDigits = (value: number): number => Number(value.toPrecision(3));

const PPM_OF_PERCENT = 10_000;

/** A share of a whole in percent, such as `12.5 %`; a dash of nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '-';
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.01) return 'below 0.01 %';
  return `${Number(percent.toPrecision(percent >= 100 ? 4 : 3))} %`;
}

/** What gains or loses on true time, in parts per million, as scenarios say it: `2 %`, `-0.05 %`. */
export const formatDrift = (ppm: number): string => `${Number((ppm / PPM_OF_PERCENT).toPrecision(3))} %`;

/** `1 message`, `3 messages`. */
export function counted(value: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(value)} ${value === 1 ? singular : plural}`;
}
