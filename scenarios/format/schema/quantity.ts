import type * as z from 'zod';
import type { DistributionSpec } from '../../model.js';
import { DISTRIBUTION_EXAMPLES, DISTRIBUTION_NAMES, distributionHint, parseDistribution, writeDistribution } from '../expressions/distribution.js';
import type { ReadTrace } from '../expressions/trace.js';
import { mistaken, type Mistake, type Parsed } from '../mistake.js';
import { quoted } from '../printable.js';
import { formatQuantity, parseQuantity, quantityHint, type Dimension } from '../quantities/index.js';
import { leaf, type LeafHelp } from './leaf.js';

/** What a quantity may be. Bounds are in the base unit of its dimension and belong to it, except `above`. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** Must be greater than this. */
  readonly above?: number;
  /** Must be a multiple of this. */
  readonly step?: number;
  /** Who sets the limit, for the message. */
  readonly because?: string;
}

export interface QuantityOptions extends Bounds {
  readonly description: string;
  readonly examples?: readonly string[];
}

/** A quantity within bounds. */
export function quantity(dimension: Dimension, options: QuantityOptions): z.ZodType<number> {
  const { parse, help, write } = quantityParts(dimension, options);
  return leaf(parse, quantityHint(dimension), help, write);
}

/** How a quantity is read, shown to editors, and written. */
export interface QuantityParts {
  readonly parse: (text: string) => Parsed<number>;
  readonly help: LeafHelp;
  readonly write: (value: number) => string | number;
}

export function quantityParts(dimension: Dimension, options: QuantityOptions): QuantityParts {
  return {
    parse: (text) => withinBounds(parseQuantity(text, dimension), text, dimension, options),
    help: help(dimension, options, []),
    write: (value) => writtenQuantity(value, dimension),
  };
}

/** What has no unit stands in a file as a number. */
function writtenQuantity(value: number, dimension: Dimension): string | number {
  const text = formatQuantity(value, dimension);
  return Object.hasOwn(dimension.units, '') && String(Number(text)) === text ? Number(text) : text;
}

/** `alias`: what else may be written for the word. */
export interface WordOptions extends QuantityOptions {
  readonly alias?: string;
}

/** A quantity, or a word that stands for one which is not fixed: `never`, `unlimited`, `queue`. */
export function quantityOr<T>(dimension: Dimension, word: string, meaning: T, options: WordOptions): z.ZodType<number | T> {
  const words = options.alias === undefined ? [word] : [word, options.alias];
  const parse = (text: string): Parsed<number | T> => {
    if (words.includes(text.trim())) return { ok: true, value: meaning };
    const result = withinBounds(parseQuantity(text, dimension), text, dimension, options);
    return result.ok || result.mistake.expected === undefined ? result : mistaken({ ...result.mistake, expected: `${result.mistake.expected}; or ${word}` });
  };
  const write = (value: number | T): string | number => (value === meaning ? word : writtenQuantity(value as number, dimension));
  const least = Number(options.alias);
  const shown = Number.isNaN(least) ? options : { ...options, min: Math.min(least, options.min ?? least) };
  return leaf(parse, `${quantityHint(dimension)}; or ${word}`, help(dimension, shown, words), write);
}

/** A distribution of a quantity. Bounds hold for what it is made of; `above: 0` forbids one that is always 0. */
export function distribution(dimension: Dimension, readTrace: ReadTrace, options: QuantityOptions): z.ZodType<DistributionSpec> {
  const parse = (text: string): Parsed<DistributionSpec> => {
    const result = parseDistribution(text, dimension, readTrace);
    if (!result.ok) return result;
    const largest = largestOf(result.value);
    const bounded = withinBounds({ ok: true, value: largest }, text, dimension, options);
    return bounded.ok ? result : bounded;
  };
  const { pattern, ...rest } = help(dimension, options, []);
  const call = `^\\s*(${DISTRIBUTION_NAMES.join('|')})\\s*\\(.*\\)\\s*$`;
  return leaf(parse, distributionHint(dimension), {
    ...rest,
    pattern: `${call}|${pattern}`,
    examples: options.examples ?? dimension.examples.concat(dimension.name === 'a duration' ? DISTRIBUTION_EXAMPLES : []),
  }, (spec) => writeDistribution(spec, dimension));
}

/** The largest number that a distribution is stated with. */
function largestOf(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
      return spec.max;
    case 'exponential':
      return spec.mean;
    case 'lognormal':
      return spec.p99;
    case 'pareto':
      return spec.min;
    case 'trace':
      return spec.values.reduce((most, value) => Math.max(most, value), 0);
  }
}

function withinBounds(value: Parsed<number>, text: string, dimension: Dimension, bounds: Bounds): Parsed<number> {
  if (!value.ok) return value;
  const { min, max, above, step } = bounds;
  const tooSmall = (min !== undefined && value.value < min) || (above !== undefined && value.value <= above);
  const tooLarge = max !== undefined && value.value > max;
  if (tooSmall || tooLarge) return mistaken(outOfBounds(text, dimension, bounds, `too ${tooSmall ? 'small' : 'large'}`));
  if (step === undefined || value.value % step === 0) return value;
  return mistaken(outOfBounds(text, dimension, bounds, `no multiple of ${formatQuantity(step, dimension)}`));
}

function outOfBounds(text: string, dimension: Dimension, bounds: Bounds, wrong: string): Mistake {
  const because = bounds.because === undefined ? '' : ` (${bounds.because})`;
  return { code: 'QL_SCENARIO_BAD_VALUE', message: `${quoted(text)} is ${wrong}${because}.`, expected: range(dimension, bounds) };
}

function range(dimension: Dimension, { step, ...bounds }: Bounds): string {
  return step === undefined ? extent(dimension, bounds) : `${extent(dimension, bounds)} in steps of ${formatQuantity(step, dimension)}`;
}

function extent(dimension: Dimension, { min, max, above }: Bounds): string {
  const show = (value: number): string => formatQuantity(value, dimension);
  const low = above === undefined ? (min === undefined ? '' : `from ${show(min)}`) : `above ${show(above)}`;
  if (max === undefined) return `${dimension.name} ${low}${above === undefined ? ' on' : ''}`;
  if (low === '') return `${dimension.name} up to ${show(max)}`;
  return `${dimension.name} ${low}${above === undefined ? ' to ' : ' and up to '}${show(max)}`;
}

/** Keywords for a JSON Schema. Numbers without unit are for plain numbers, shares, and the zero that needs no unit. */
function help(dimension: Dimension, options: QuantityOptions, words: readonly string[]): { description: string; pattern: string; [keyword: string]: unknown } {
  const takesPlainNumbers = Object.hasOwn(dimension.units, '');
  const { description, examples = dimension.examples, min, max, above } = options;
  const numbers = takesPlainNumbers
    ? { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }), ...(above === undefined ? {} : { exclusiveMinimum: above }) }
    : { minimum: 0, maximum: 0 };
  return {
    type: ['string', dimension.wholeOf === null ? 'number' : 'integer'],
    ...numbers,
    pattern: pattern(dimension, words),
    description,
    examples: [...words, ...examples],
  };
}

function pattern(dimension: Dimension, words: readonly string[]): string {
  const sign = dimension.signed ? '[+-]?' : '';
  const units = Object.keys(dimension.units).map((unit) => unit.replace('/', '\\/'));
  const part = `\\s*\\d+(\\.\\d+)?\\s*(${units.join('|')})\\s*`;
  const alternatives = [dimension.compound ? `(${part})+` : part, ...(Object.hasOwn(dimension.units, '') ? [] : ['\\s*0\\s*'])];
  return `^${sign}(${[...alternatives, ...words].join('|')})$`;
}
