import type { ConsumerSpec } from '../../model.js';
import { mistaken, parsed, shifted, type Parsed } from '../mistake.js';
import { nearest } from '../nearest.js';
import { quoted } from '../printable.js';
import { DURATION, NUMBER, formatDuration, formatQuantity, parseQuantity, type Dimension } from '../quantities/index.js';
import { bindArguments, parseCall, type Argument } from './call.js';

type OnFailure = ConsumerSpec['onFailure'];

export const ON_FAILURE_EXAMPLES = ['leave', 'release', 'backoff(30s, factor: 2, cap: 1h)'] as const;

const CODE = 'QL_SCENARIO_UNKNOWN_CHOICE';
const EXPECTED = 'leave (the lease runs out), release (visible again at once) or a growing delay such as backoff(30s, factor: 2, cap: 1h)';
/** SQS: a visibility timeout is at most 12 hours. */
const MAX_BACKOFF_MICROS = 43_200_000_000;
const DEFAULT_FACTOR = 2;

/** Reads what a failed handling does: `leave`, `release` or `backoff(base, factor: 2, cap: 12h)`. */
export function parseOnFailure(text: string): Parsed<OnFailure> {
  const word = text.trim();
  if (word === 'leave' || word === 'release') return parsed({ kind: word });
  const call = parseCall(text);
  if (call === null || call.name !== 'backoff') {
    const name = call?.name ?? word;
    const message = `A failed handling cannot ${quoted(name)}.`;
    return mistaken({ code: CODE, message, expected: EXPECTED, nearest: nearest(name, ['leave', 'release', 'backoff']) });
  }
  const bound = bindArguments(call, ['base', 'factor', 'cap'], { code: CODE, expected: EXPECTED, optional: ['factor', 'cap'] });
  if (!bound.ok) return bound;
  const base = read(bound.value.get('base'), DURATION, 0);
  if (!base.ok) return base;
  const factor = read(bound.value.get('factor'), NUMBER, DEFAULT_FACTOR);
  if (!factor.ok) return factor;
  const cap = read(bound.value.get('cap'), DURATION, MAX_BACKOFF_MICROS);
  if (!cap.ok) return cap;
  const impossible = impossibility(base.value, factor.value, cap.value);
  if (impossible !== null) return mistaken({ code: 'QL_SCENARIO_BAD_VALUE', message: impossible, expected: EXPECTED });
  return parsed({ kind: 'backoff', baseMicros: base.value, factor: factor.value, capMicros: cap.value });
}

/** Writes it so that {@link parseOnFailure} reads the same. */
export function writeOnFailure(onFailure: OnFailure): string {
  if (onFailure.kind !== 'backoff') return onFailure.kind;
  const { baseMicros, factor, capMicros } = onFailure;
  const rest = [
    ...(factor === DEFAULT_FACTOR ? [] : [`factor: ${formatQuantity(factor, NUMBER)}`]),
    ...(capMicros === MAX_BACKOFF_MICROS ? [] : [`cap: ${formatDuration(capMicros)}`]),
  ];
  return `backoff(${[formatDuration(baseMicros), ...rest].join(', ')})`;
}

function read(argument: Argument | undefined, dimension: Dimension, otherwise: number): Parsed<number> {
  if (argument === undefined) return parsed(otherwise);
  const value = parseQuantity(argument.text, dimension);
  return value.ok ? value : mistaken(shifted(value.mistake, argument.span.start, argument.text.length));
}

function impossibility(baseMicros: number, factor: number, capMicros: number): string | null {
  if (factor < 1) return 'backoff() cannot be: a factor below 1 shrinks the delay.';
  if (baseMicros > capMicros) return 'backoff() cannot be: base is above cap.';
  if (capMicros > MAX_BACKOFF_MICROS) return `backoff() cannot be: cap is above ${formatDuration(MAX_BACKOFF_MICROS)}, the longest visibility timeout.`;
  return null;
}
