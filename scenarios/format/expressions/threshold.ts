import { AGGREGATES, MEASURES, findMeasure, unitOf, type Aggregate, type MeasureDefinition, type MeasureFamily, type MeasureUnit } from '../../../measures/index.js';
import type { ThresholdSpec } from '../../model.js';
import { mistaken, oneOf, parsed, shifted, type Mistake, type Parsed } from '../mistake.js';
import { nearest } from '../nearest.js';
import { quoted } from '../printable.js';
import { DURATION, FRACTION, NUMBER, RATE, parseQuantity, type Dimension } from '../quantities/index.js';

export type Threshold = Omit<ThresholdSpec, 'line' | 'column'>;

export const THRESHOLD_EXAMPLES = ['p99(endToEnd) < 50ms', 'throughput > 1000/s', 'count(dead-lettered) == 3', 'ratio(redelivered) <= 5%'] as const;

const CODE = 'QL_SCENARIO_BAD_THRESHOLD';
const EXPECTED = `aggregate(measure), an operator and a limit, such as ${oneOf(THRESHOLD_EXAMPLES.slice(0, 3))}`;
const FORM = /^(\s*)(?:([\w-]+)\s*\(\s*([\w-]+)\s*\)|([\w-]+))\s*([<>=!]+)\s*(.*?)\s*$/s;
const OPERATORS: readonly string[] = ['<', '<=', '>', '>=', '=='];

/** The figure that is meant when only the measure is named. */
const OWN_FIGURE: Readonly<Partial<Record<MeasureFamily, Aggregate>>> = { rate: 'rate', count: 'count' };

const isOperator = (text: string): text is Threshold['operator'] => OPERATORS.includes(text);
const isAggregate = (text: string): text is Aggregate => (AGGREGATES as readonly string[]).includes(text);

/**
 * Reads a threshold. A rate needs no aggregate (`throughput > 1000/s`), and a count alone is its number.
 *
 * @example parseThreshold('p99(endToEnd) < 50ms') // value: { aggregate: 'p99', measure: 'endToEnd', operator: '<', limit: 50_000, … }
 */
export function parseThreshold(text: string): Parsed<Threshold> {
  const match = FORM.exec(text);
  if (match === null) return mistaken({ code: CODE, message: `${quoted(text)} is not a threshold.`, expected: EXPECTED });
  const [, , aggregateText, inner, alone, operator = '', limitText = ''] = match;
  const name = inner ?? alone ?? '';
  const measure = findMeasure(name);
  if (measure === null) return mistaken(unknownMeasure(text, name));
  const aggregate = aggregateText ?? OWN_FIGURE[measure.family] ?? '';
  if (!isAggregate(aggregate) || !measure.aggregates.includes(aggregate)) return mistaken(wrongAggregate(text, measure, aggregateText));
  if (!isOperator(operator)) {
    const start = text.indexOf(operator);
    const span = { start, end: start + operator.length };
    return mistaken({ code: CODE, message: `${quoted(operator)} is not a comparison.`, expected: oneOf(OPERATORS), span });
  }
  const limit = parseQuantity(limitText, limitDimension(unitOf(measure.family, aggregate), aggregate));
  if (!limit.ok) return mistaken(shifted(limit.mistake, text.lastIndexOf(limitText), limitText.length));
  return parsed({ expression: text.trim(), aggregate, measure: name, operator, limit: limit.value });
}

function limitDimension(unit: MeasureUnit, aggregate: Aggregate): Dimension {
  if (unit === 'micros') return DURATION;
  if (unit === 'per-second') return RATE;
  return aggregate === 'ratio' ? FRACTION : NUMBER;
}

function unknownMeasure(text: string, name: string): Mistake {
  const start = text.lastIndexOf(name, text.search(/[<>=!]/));
  const names = MEASURES.map((measure) => measure.name);
  return {
    code: CODE,
    message: `${quoted(name)} is not measured.`,
    expected: `one of ${names.join(', ')}`,
    nearest: nearest(name, names),
    span: { start, end: start + name.length },
  };
}

function wrongAggregate(text: string, measure: MeasureDefinition, given: string | undefined): Mistake {
  const expected = `one of ${measure.aggregates.map((aggregate) => `${aggregate}(${measure.name})`).join(', ')}`;
  if (given === undefined) return { code: CODE, message: `${quoted(text)} does not say which figure of ${measure.name} it limits.`, expected, nearest: null };
  return { code: CODE, message: `There is no ${given} of ${measure.name}.`, expected, nearest: nearest(given, measure.aggregates) };
}
