import type { DistributionSpec } from '../../model.js';
import { mistaken, oneOf, parsed, shifted, type Mistake, type Parsed } from '../mistake.js';
import { nearest } from '../nearest.js';
import { quoted } from '../printable.js';
import { NUMBER, formatQuantity, parseQuantity, quantityHint, type Dimension } from '../quantities/index.js';
import { bindArguments, parseCall, type Argument, type Call } from './call.js';
import { parseTrace, type ReadTrace } from './trace.js';

const CODE = 'QL_SCENARIO_BAD_DISTRIBUTION';

/** Below this nearly every value would be larger than anything that can be simulated. */
const MIN_SHAPE = 0.1;

/** What a scenario may say of something random. `value`s are in the unit of what they describe. */
interface Kind {
  readonly parameters: Readonly<Record<string, 'value' | 'number'>>;
  readonly example: string;
  /** What is impossible about the arguments, or null. */
  readonly check: (argument: (name: string) => number) => string | null;
  readonly make: (argument: (name: string) => number) => DistributionSpec;
}

const KINDS: Readonly<Record<Exclude<DistributionSpec['kind'], 'trace'>, Kind>> = {
  constant: {
    parameters: { value: 'value' },
    example: 'constant(10ms)',
    check: () => null,
    make: (argument) => ({ kind: 'constant', value: argument('value') }),
  },
  uniform: {
    parameters: { min: 'value', max: 'value' },
    example: 'uniform(1ms, 5ms)',
    check: (argument) => (argument('min') > argument('max') ? 'min is above max' : null),
    make: (argument) => ({ kind: 'uniform', min: argument('min'), max: argument('max') }),
  },
  exponential: {
    parameters: { mean: 'value' },
    example: 'exponential(20ms)',
    check: (argument) => (argument('mean') > 0 ? null : 'its mean must be above 0'),
    make: (argument) => ({ kind: 'exponential', mean: argument('mean') }),
  },
  lognormal: {
    parameters: { p50: 'value', p99: 'value' },
    example: 'lognormal(p50: 20ms, p99: 200ms)',
    check: (argument) => {
      if (!(argument('p50') > 0)) return 'p50 must be above 0';
      return argument('p50') > argument('p99') ? 'p50 is above p99' : null;
    },
    make: (argument) => ({ kind: 'lognormal', p50: argument('p50'), p99: argument('p99') }),
  },
  pareto: {
    parameters: { min: 'value', shape: 'number' },
    example: 'pareto(min: 5ms, shape: 1.5)',
    check: (argument) => {
      if (!(argument('min') > 0)) return 'min must be above 0';
      return argument('shape') >= MIN_SHAPE ? null : `shape must be at least ${MIN_SHAPE}`;
    },
    make: (argument) => ({ kind: 'pareto', min: argument('min'), shape: argument('shape') }),
  },
};

export const DISTRIBUTION_NAMES: readonly string[] = [...Object.keys(KINDS), 'trace'];

/** Examples of every distribution, for help and for the JSON Schema. */
export const DISTRIBUTION_EXAMPLES: readonly string[] = [...Object.values(KINDS).map(({ example }) => example), 'trace(file.csv)'];

/**
 * Reads a distribution as it is said; a plain quantity is a constant.
 *
 * @example parseDistribution('uniform(1ms, 5ms)', DURATION, readTrace) // value: { kind: 'uniform', min: 1000, max: 5000 }
 */
export function parseDistribution(text: string, dimension: Dimension, readTrace: ReadTrace): Parsed<DistributionSpec> {
  const call = parseCall(text);
  if (call === null) return plain(text, dimension);
  if (call.name === 'trace') return trace(call, dimension, readTrace);
  const kind = Object.hasOwn(KINDS, call.name) ? KINDS[call.name as keyof typeof KINDS] : undefined;
  if (kind === undefined) {
    return mistaken({
      code: CODE,
      message: `${quoted(call.name)} is not a distribution.`,
      expected: distributionHint(dimension),
      nearest: nearest(call.name, DISTRIBUTION_NAMES),
      span: call.nameSpan,
    });
  }
  return fromKind(call, kind, dimension);
}

/**
 * Writes a distribution so that {@link parseDistribution} reads the same. A trace stands by the name of its file.
 *
 * @example writeDistribution({ kind: 'uniform', min: 1000, max: 5000 }, DURATION) // 'uniform(1ms, 5ms)'
 */
export function writeDistribution(spec: DistributionSpec, dimension: Dimension): string {
  const show = (value: number): string => formatQuantity(value, dimension);
  switch (spec.kind) {
    case 'constant':
      return show(spec.value);
    case 'uniform':
      return `uniform(${show(spec.min)}, ${show(spec.max)})`;
    case 'exponential':
      return `exponential(${show(spec.mean)})`;
    case 'lognormal':
      return `lognormal(p50: ${show(spec.p50)}, p99: ${show(spec.p99)})`;
    case 'pareto':
      return `pareto(min: ${show(spec.min)}, shape: ${formatQuantity(spec.shape, NUMBER)})`;
    case 'trace':
      return `trace(${spec.file})`;
  }
}

/** What a reader needs to write a distribution. */
export function distributionHint(dimension: Dimension): string {
  return `${quantityHint(dimension)}; or a distribution of it: ${oneOf(DISTRIBUTION_NAMES.map((name) => `${name}(…)`))}`;
}

function plain(text: string, dimension: Dimension): Parsed<DistributionSpec> {
  if (text.includes('(') && !text.includes(')')) return mistaken(cutOff(text));
  if (/[()]/.test(text)) {
    return mistaken({ code: CODE, message: `${quoted(text)} is not a distribution.`, expected: distributionHint(dimension) });
  }
  const quantity = parseQuantity(text, dimension);
  return quantity.ok ? parsed({ kind: 'constant', value: quantity.value }) : quantity;
}

/** `{ time: uniform(1s, 2s) }` is read by YAML as `{ time: 'uniform(1s', '2s)': null }`. */
const cutOff = (text: string): Mistake => ({
  code: CODE,
  message: `${quoted(text)} has no closing parenthesis.`,
  expected: 'quotes around it where it stands inside { } and holds a comma, such as "uniform(1ms, 5ms)"',
});

function fromKind(call: Call, kind: Kind, dimension: Dimension): Parsed<DistributionSpec> {
  const expected = kind.example;
  const bound = bindArguments(call, Object.keys(kind.parameters), { code: CODE, expected });
  if (!bound.ok) return bound;
  const values = new Map<string, number>();
  for (const [name, type] of Object.entries(kind.parameters)) {
    const argument = bound.value.get(name) as Argument;
    const value = parseQuantity(argument.text, type === 'value' ? dimension : NUMBER);
    if (!value.ok) return mistaken(inArgument(value.mistake, argument));
    values.set(name, value.value);
  }
  const argument = (name: string): number => values.get(name) as number;
  const impossible = kind.check(argument);
  if (impossible === null) return parsed(kind.make(argument));
  return mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: `${call.name}() cannot be: ${impossible}.`, expected });
}

function trace(call: Call, dimension: Dimension, readTrace: ReadTrace): Parsed<DistributionSpec> {
  const bound = bindArguments(call, ['file'], { code: CODE, expected: 'trace(file.csv)' });
  if (!bound.ok) return bound;
  const argument = bound.value.get('file') as Argument;
  const values = parseTrace(argument.text, dimension, readTrace);
  if (!values.ok) return mistaken(inArgument(values.mistake, argument));
  return parsed({ kind: 'trace', file: argument.text, values: values.value });
}

const inArgument = (mistake: Mistake, { span, text }: Argument): Mistake => shifted(mistake, span.start, text.length);
