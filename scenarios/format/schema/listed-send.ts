import * as z from 'zod';
import { parsed, type Parsed } from '../mistake.js';
import { COUNT, DURATION, SIZE } from '../quantities/index.js';
import { fromUnknown, wrongType } from './leaf.js';
import { quantity, quantityParts, type QuantityOptions } from './quantity.js';

/** Sends that one producer may list; the size of a file allows fewer of them than it seems. */
export const MAX_SENDS = 10_000;
/** Handlings of one message that may be settled one by one. */
const MAX_HANDLINGS = 1_000;

/** The key that an entry without a mapping stands for: `- 1.5s` is `- { at: 1.5s }`. */
export const SEND_SHORTHAND = 'at';

/** One duration, or one for each handling. */
function takes(options: QuantityOptions): z.ZodType<readonly number[]> {
  const { parse, help, write } = quantityParts(DURATION, options);
  return fromUnknown<readonly number[]>((value) => {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return all(items, parse, 'a duration, or a list of durations');
  }, {
    description: options.description,
    anyOf: [help, { type: 'array', minItems: 1, maxItems: MAX_HANDLINGS, items: help }],
  }, (values) => (values.length === 1 ? write(values[0]!) : values.map(write)));
}

/** Numbers of handlings, or all of them. */
function fails(options: QuantityOptions): z.ZodType<readonly number[] | 'always'> {
  const { parse, help } = quantityParts(COUNT, options);
  const expected = 'a list of handlings, counted from 1, such as [1, 2]; or always';
  return fromUnknown<readonly number[] | 'always'>((value) => {
    if (value === 'always') return parsed('always');
    return Array.isArray(value) ? all(value, parse, expected) : { ok: false, mistake: wrongType(value, expected) };
  }, {
    description: options.description,
    anyOf: [{ const: 'always' }, { type: 'array', minItems: 1, maxItems: MAX_HANDLINGS, items: help }],
  });
}

function all(items: readonly unknown[], parse: (text: string) => Parsed<number>, expected: string): Parsed<readonly number[]> {
  if (items.length === 0 || items.length > MAX_HANDLINGS) {
    return { ok: false, mistake: { code: 'QL_SCENARIO_BAD_VALUE', message: `This list has ${items.length} entries.`, expected: `1 to ${MAX_HANDLINGS} of them` } };
  }
  const values: number[] = [];
  for (const item of items) {
    if (typeof item !== 'string' && typeof item !== 'number') return { ok: false, mistake: wrongType(item, expected) };
    const value = parse(String(item));
    if (!value.ok) return { ok: false, mistake: { code: value.mistake.code, message: value.mistake.message, expected } };
    values.push(value.value);
  }
  return parsed(values);
}

/** One entry of `sends:`. */
const listedSend = z.strictObject({
  at: quantity(DURATION, { min: 0, description: 'When it is sent, from the start of the run.' }),
  size: quantity(SIZE, { above: 0, description: "Size of its body; without this, the producer's `size`." }).optional(),
  takes: takes({
    min: 0,
    description: "How long each handling of it takes: one duration, or a list with one for the first, the second and so on; the last stands for all after it. Without this, the handler's `time`.",
  }).optional(),
  fails: fails({
    min: 1,
    description: "Which handlings of it fail: a list such as `[1, 2]`, or `always`. Without this, the handler's `failure` and `poisonEvery` decide.",
  }).optional(),
}).meta({ description: 'One message. A time alone, such as `- 1.5s`, is a message of which nothing else is said.', shorthand: SEND_SHORTHAND });

/** `sends:` */
export const sends = z.array(listedSend).max(MAX_SENDS, `There are more than ${MAX_SENDS} sends`)
  .meta({ description: 'The messages one by one, in the order of time, instead of `rate` or `interval`: nothing of them is random then.' });
