import type * as z from 'zod';
import type { FaultParameter, FaultValue } from '../../../sim/index.js';
import { parsed } from '../mistake.js';
import { COUNT, DRIFT, DURATION, FACTOR, FRACTION, TIME_SHIFT, formatQuantity, type Dimension } from '../quantities/index.js';
import { fromUnknown, leaf, wrongType } from './leaf.js';
import { quantity } from './quantity.js';
import { NAME_PATTERN, choice } from './word.js';

/** How a parameter of a fault is written in a scenario. */
export function faultParameter(parameter: FaultParameter): z.ZodType<FaultValue | undefined> {
  const schema = ofUnit(parameter);
  return parameter.default === undefined && parameter.unit !== 'machines' ? schema : schema.optional();
}

function ofUnit(parameter: FaultParameter): z.ZodType<FaultValue> {
  const { unit, choices = [], doc } = parameter;
  const description = parameter.default === undefined || parameter.default === '' ? doc : `${doc} Default: ${written(parameter.default, parameter)}.`;
  switch (unit) {
    case 'duration':
    case 'probability':
    case 'factor':
    case 'count':
    case 'ppm':
      return quantity(dimensionOf(parameter), { ...bounds(parameter), description });
    case 'choice':
      return choice(choices, description);
    case 'machines':
      return machines(description);
    case 'text':
      return leaf(parsed<string>, 'a text', { description, type: 'string' });
  }
}

function dimensionOf({ unit, min }: FaultParameter): Dimension {
  switch (unit) {
    case 'probability':
      return FRACTION;
    case 'factor':
      return FACTOR;
    case 'count':
      return COUNT;
    case 'ppm':
      return DRIFT;
    default:
      return min !== undefined && min < 0 ? TIME_SHIFT : DURATION;
  }
}

function bounds({ unit, min, max }: FaultParameter): { readonly min?: number; readonly max?: number } {
  const highest = max ?? (unit === 'probability' ? 1 : undefined);
  return { ...(min === undefined ? {} : { min }), ...(highest === undefined ? {} : { max: highest }) };
}

function written(value: FaultValue, parameter: FaultParameter): string {
  return typeof value === 'number' ? formatQuantity(value, dimensionOf(parameter)) : String(value);
}

/** A machine, or a list of them; a name with a `count` stands for all that it numbers. */
export function machines(description: string): z.ZodType<string | readonly string[]> {
  const expected = 'the name of a machine, or a list of names';
  const isName = (value: unknown): value is string => typeof value === 'string' || typeof value === 'number';
  return fromUnknown<string | readonly string[]>((value) => {
    if (isName(value)) return parsed(String(value));
    if (Array.isArray(value) && value.length > 0 && value.every(isName)) return parsed(value.map(String));
    return { ok: false, mistake: wrongType(value, expected) };
  }, {
    description,
    anyOf: [{ type: 'string', pattern: NAME_PATTERN.source }, { type: 'array', minItems: 1, items: { type: 'string', pattern: NAME_PATTERN.source } }],
  });
}
