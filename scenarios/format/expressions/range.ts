import type { FuzzRange } from '../../model.js';
import { mistaken, parsed, shifted, type Parsed } from '../mistake.js';
import { quoted } from '../printable.js';
import { COUNT, DURATION, FRACTION, RATE, SIZE, formatQuantity, parseQuantity, quantityHint, type Dimension } from '../quantities/index.js';

const SIGN = '..';

/** The two texts around `..`, and where the second begins; null when the text is no range. */
function ends(text: string): { readonly least: string; readonly most: string; readonly offset: number } | null {
  const at = text.indexOf(SIGN);
  return at === -1 ? null : { least: text.slice(0, at), most: text.slice(at + SIGN.length), offset: at + SIGN.length };
}

/** How a range of this dimension is written, for messages. */
export const rangeHint = (dimension: Dimension): string => `a range such as 1${exampleUnit(dimension)}..10${exampleUnit(dimension)}, of ${quantityHint(dimension)}`;

const exampleUnit = ({ units }: Dimension): string => Object.keys(units).find((unit) => unit === 's' || unit === 'KiB' || unit === '%') ?? Object.keys(units)[0] ?? '';

/** Reads `1ms..10s`; a quantity alone is the range that holds nothing else. */
export function parseRange(text: string, dimension: Dimension): Parsed<FuzzRange> {
  const both = ends(text);
  if (both === null) {
    const value = parseQuantity(text, dimension);
    return value.ok ? parsed({ least: value.value, most: value.value }) : value;
  }
  const least = parseQuantity(both.least, dimension);
  if (!least.ok) return mistaken(shifted(least.mistake, 0, both.least.length));
  const most = parseQuantity(both.most, dimension);
  if (!most.ok) return mistaken(shifted(most.mistake, both.offset, both.most.length));
  if (least.value <= most.value) return parsed({ least: least.value, most: most.value });
  return mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: `${quoted(text)} ends before it begins.`, expected: rangeHint(dimension) });
}

/** What a setting can be measured in; the first that fits both ends of a range is taken. */
const DIMENSIONS: readonly Dimension[] = [DURATION, SIZE, COUNT, FRACTION, RATE];
/** Values that stand for a range. */
const STEPS = 6;
/** What stands beside zero is this much smaller than the other end. */
const SMALLEST_PART = 1_000;
const GRAINS_MICROS: readonly number[] = [1_000_000, 1_000];

/**
 * Some values of a range, as a scenario would write them: both ends, and between them steps of equal ratio, rounded to two
 * digits, and to whole seconds or milliseconds where both ends are. Null when the text is no range of anything.
 */
export function valuesOfRange(text: string): readonly string[] | null {
  if (ends(text) === null) return null;
  for (const dimension of DIMENSIONS) {
    const range = parseRange(text, dimension);
    if (range.ok) return stepsOf(range.value, dimension).map((value) => formatQuantity(value, dimension));
  }
  return null;
}

function stepsOf({ least, most }: FuzzRange, dimension: Dimension): number[] {
  const low = least > 0 ? least : most / SMALLEST_PART;
  const grain = dimension === DURATION ? GRAINS_MICROS.find((micros) => least % micros === 0 && most % micros === 0) ?? 1 : 1;
  const between = Array.from({ length: STEPS - 2 }, (_, step) => {
    const value = Number((low * (most / low) ** ((step + 1) / (STEPS - 1))).toPrecision(2));
    return dimension.wholeOf === null ? value : Math.round(value / grain) * grain;
  });
  return [...new Set([least, ...between.filter((value) => value > least && value < most), most])];
}
