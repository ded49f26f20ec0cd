import { BANDWIDTH, DURATION, FRACTION, NUMBER, RATE, SIZE, type Dimension, type UnitWorth } from './dimension.js';

/**
 * Writes a quantity as people do: exactly, in the largest units that fit. `parseQuantity` reads it back to the same
 * value, given that the value came from such a text.
 */
export function formatQuantity(value: number, dimension: Dimension): string {
  if (value < 0) return `-${formatQuantity(-value, dimension)}`;
  return dimension.compound ? compound(value, dimension) : single(value, dimension);
}

/** @example formatDuration(5_400_000_000) // '1h 30min' */
export const formatDuration = (micros: number): string => formatQuantity(micros, DURATION);
export const formatSize = (bytes: number): string => formatQuantity(bytes, SIZE);
export const formatRate = (perSecond: number): string => formatQuantity(perSecond, RATE);
export const formatBandwidth = (bytesPerSecond: number): string => formatQuantity(bytesPerSecond, BANDWIDTH);
export const formatNumber = (value: number): string => formatQuantity(value, NUMBER);
/** Always in percent. */
export const formatPercent = (share: number): string =>
  formatQuantity(share, { ...FRACTION, units: { '%': { divisor: 100 } } });

/** Shares below 0.1 % are said in parts per million. */
const LEAST_PERCENT = 0.001;

const unitsFromLarge = (dimension: Dimension): [string, UnitWorth][] => Object.entries(dimension.units).reverse();

function compound(value: number, dimension: Dimension): string {
  const parts: string[] = [];
  let rest = value;
  for (const [unit, worth] of unitsFromLarge(dimension)) {
    const size = 'factor' in worth ? worth.factor : 1 / worth.divisor;
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.length === 0 ? `0${zeroUnit(dimension)}` : parts.join(' ');
}

const zeroUnit = (dimension: Dimension): string =>
  Object.keys(dimension.units).find((unit) => unit === 's') ?? Object.keys(dimension.units)[0] ?? '';

/** The largest unit of which the value is a whole number, or else a decimal of the first. */
function single(value: number, dimension: Dimension): string {
  const units = Object.entries(dimension.units);
  if (value === 0) return `0${units[0]?.[0] ?? ''}`;
  if (dimension === FRACTION && value >= LEAST_PERCENT && value < 1) {
    const percent = Number((value * 100).toPrecision(12));
    if (percent / 100 === value) return `${plainDecimal(percent)}%`;
  }
  for (const [unit, worth] of largestFirst(units)) {
    const count = Math.round('factor' in worth ? value / worth.factor : value * worth.divisor);
    const back = 'factor' in worth ? count * worth.factor : count / worth.divisor;
    if (count > 0 && back === value) return `${count}${unit}`;
  }
  const [unit, worth] = units[0] as [string, UnitWorth];
  return `${plainDecimal('factor' in worth ? value / worth.factor : value * worth.divisor)}${unit}`;
}

/** Units worth more come first; rates per second come before rates per day. */
function largestFirst(units: readonly [string, UnitWorth][]): [string, UnitWorth][] {
  const worthOf = ([, worth]: [string, UnitWorth]): number => ('factor' in worth ? worth.factor : 1 / worth.divisor);
  return [...units].sort((a, b) => worthOf(b) - worthOf(a));
}

/** The shortest decimal that gives the same number, never in exponent notation. */
function plainDecimal(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toFixed(20).replace(/0+$/, '').replace(/\.$/, '');
}
