import { mistaken, oneOf, parsed, type Mistake, type Parsed } from '../mistake.js';
import { nearest } from '../nearest.js';
import { quoted } from '../printable.js';
import type { Dimension, UnitWorth } from './dimension.js';

/** One part: a number and what follows it up to the next number. */
const PART = /\s*(\d+(?:\.\d+)?)\s*([^\d\s.]*)\s*/y;
/** How far from a whole number a product of decimals may come out; or, of a large number, this share of it. */
const ROUNDING = 1e-6;
const RELATIVE_ROUNDING = 2 ** -50;

/**
 * Reads a quantity: a number with a unit, in the dimension's base unit. A dimension with a whole base unit takes
 * decimals (`1.5s`) as long as the result is whole.
 *
 * @example parseQuantity('1h 30min', DURATION) // { ok: true, value: 5_400_000_000 }
 */
export function parseQuantity(text: string, dimension: Dimension): Parsed<number> {
  const sign = dimension.signed ? (/^\s*[+-]/.exec(text)?.[0] ?? '') : '';
  PART.lastIndex = sign.length;
  let sum = 0;
  do {
    const match = PART.exec(text);
    if (match === null) return mistaken(formMistake(text, dimension));
    const [, digits = '', unit = ''] = match;
    const worth = worthOf(unit, digits, dimension);
    if (worth === undefined) return mistaken(unitMistake(text, unit, digits, dimension));
    sum += apply(Number(digits), worth);
  } while (dimension.compound && PART.lastIndex < text.length);
  if (PART.lastIndex < text.length) return mistaken(formMistake(text, dimension));
  return whole(text, sign.trim() === '-' ? -sum : sum, dimension);
}

/** What a reader needs to write a quantity of this dimension. */
export function quantityHint(dimension: Dimension): string {
  const units = Object.keys(dimension.units).filter((unit) => unit !== '');
  const example = `such as ${oneOf(dimension.examples)}`;
  return units.length === 0 ? `${dimension.name}, ${example}` : `${dimension.name} in ${oneOf(units)}, ${example}`;
}

/** Zero needs no unit. */
function worthOf(unit: string, digits: string, dimension: Dimension): UnitWorth | undefined {
  if (Object.hasOwn(dimension.units, unit)) return dimension.units[unit];
  return unit === '' && Number(digits) === 0 ? { factor: 1 } : undefined;
}

const apply = (value: number, worth: UnitWorth): number =>
  'factor' in worth ? value * worth.factor : value / worth.divisor;

function whole(text: string, value: number, dimension: Dimension): Parsed<number> {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: `${quoted(text)} is beyond anything that can be simulated.` });
  }
  if (dimension.wholeOf === null) return parsed(value);
  const rounded = Math.round(value);
  if (Math.abs(value - rounded) > Math.max(ROUNDING, Math.abs(value) * RELATIVE_ROUNDING)) {
    return mistaken({
      code: 'QL_SCENARIO_BAD_VALUE',
      message: `${quoted(text)} is not ${isPlain(dimension) ? dimension.name : `a whole number of ${dimension.wholeOf}`}.`,
      expected: quantityHint(dimension),
    });
  }
  return parsed(rounded === 0 ? 0 : rounded);
}

function formMistake(text: string, dimension: Dimension): Mistake {
  if (/^\s*-\s*\d/.test(text) && !dimension.signed) {
    return { code: 'QL_SCENARIO_BAD_VALUE', message: `${quoted(text)} is negative.`, expected: quantityHint(dimension) };
  }
  const code = isPlain(dimension) ? 'QL_SCENARIO_WRONG_TYPE' : 'QL_SCENARIO_BAD_UNIT';
  return { code, message: `${quoted(text)} is not ${dimension.name}.`, expected: quantityHint(dimension) };
}

/** A dimension that knows no unit: a mistake in it is not one of units. */
const isPlain = ({ units }: Dimension): boolean => Object.keys(units).every((unit) => unit === '');

function unitMistake(text: string, unit: string, digits: string, dimension: Dimension): Mistake {
  const expected = quantityHint(dimension);
  if (isPlain(dimension)) return formMistake(text, dimension);
  if (unit === '') return { code: 'QL_SCENARIO_BAD_UNIT', message: `${quoted(digits)} has no unit.`, expected };
  const units = Object.keys(dimension.units);
  const meant = Object.hasOwn(dimension.otherNames, unit) ? dimension.otherNames[unit] : nearest(unit, units);
  const start = text.indexOf(unit);
  return {
    code: 'QL_SCENARIO_BAD_UNIT',
    message: `${quoted(unit)} is not a unit of ${dimension.name.replace(/^an? /, '')}.`,
    expected,
    nearest: meant ?? null,
    span: { start, end: start + unit.length },
  };
}
