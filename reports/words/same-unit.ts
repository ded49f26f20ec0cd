import type { MeasureUnit } from '../../measures/index.js';
import { figureText } from './figure-text.js';
import { formatRate } from './numbers.js';

const DIGITS = 3;
const MINUTE = 60;
const HOUR = 3_600;
const MILLI = 1_000;
const SECOND = 1_000_000;

/** What numbers of a unit are written in, the largest first that the largest of them reaches. */
const scales: Readonly<Record<'micros' | 'per-second', readonly { readonly from: number; readonly by: number; readonly word: string }[]>> = {
  micros: [{ from: SECOND, by: 1 / SECOND, word: 's' }, { from: MILLI, by: 1 / MILLI, word: 'ms' }, { from: 0, by: 1, word: 'us' }],
  'per-second': [{ from: 1, by: 1, word: '/s' }, { from: 1 / MINUTE, by: MINUTE, word: '/min' }, { from: 0, by: HOUR, word: '/h' }],
};

/** Numbers that belong together, all in the unit of the largest, so that they can be compared at a glance: `0.656ms` and `101ms`. */
export function sameUnit(values: readonly number[], unit: MeasureUnit): string[] {
  if (unit === 'number') return values.map((value) => figureText(value, unit));
  const largest = values.reduce((high, value) => Math.max(high, value), 0);
  if (largest === 0) return values.map((value) => (unit === 'micros' ? figureText(value, unit) : formatRate(value)));
  const { by, word } = scales[unit].find(({ from }) => largest >= from)!;
  return values.map((value) => `${plain(value * by)}${word}`);
}

/** At most three digits that count, and no more places than the largest needs. */
const plain = (value: number): string => (value >= 100 ? value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',') : String(Number(value.toPrecision(DIGITS))));
