import { formatFigure, type MeasureUnit } from '../../measures/index.js';
import { formatCount, formatDuration, formatRate } from './numbers.js';

const DIGITS = 4;
const THOUSAND = 1_000;

/** A figure in its unit, with as many digits as anyone compares by; of thousands, every one that is counted. */
export function figureText(value: number, unit: MeasureUnit): string {
  if (unit === 'number' && Math.abs(value) >= THOUSAND) return formatCount(Math.round(value));
  const tidy = Number(value.toPrecision(DIGITS));
  if (unit === 'micros') return formatDuration(tidy);
  return unit === 'per-second' ? formatRate(tidy) : formatFigure(tidy, unit);
}
