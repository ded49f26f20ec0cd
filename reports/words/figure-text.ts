import { formatFigure, type MeasureUnit } from '../../measures/index.js';
import { formatDuration, formatRate } from './numbers.js';

const DIGITS = 4;

/** A figure in its unit, with as many digits as anyone compares by. */
export function figureText(value: number, unit: MeasureUnit): string {
  const tidy = Number(value.toPrecision(DIGITS));
  if (unit === 'micros') return formatDuration(tidy);
  return unit === 'per-second' ? formatRate(tidy) : formatFigure(tidy, unit);
}
