import type * as z from 'zod';
import type { Mistake } from './mistake.js';
import { oneOf } from './mistake.js';
import { nearest } from './nearest.js';
import type { Path } from './node-at.js';
import { concerns, personalityIn } from './personality-keys.js';
import { placed, type Aspect, type Origin } from './placing.js';
import { quoted } from './printable.js';
import type { Problem } from './problem.js';
import { knownKeysAt, type KnownKeys } from './schema/known-keys.js';
import { wrongType, type MistakeParams } from './schema/leaf.js';
import { NAME_RULE } from './schema/word.js';

type Issue = z.core.$ZodIssue;

/** Those that say something of the scenario's personality. */
function keysOf(schema: z.ZodType, path: Path, raw: unknown): KnownKeys {
  const personality = personalityIn(raw);
  return { keys: knownKeysAt(schema, path, raw).keys.filter((key) => concerns([...path, key].join('.'), personality)) };
}

/** What the schema found wrong, in words and places. */
export function problemsOf(issues: readonly Issue[], schema: z.ZodType, raw: unknown, origin: Origin): Problem[] {
  return issues.flatMap((issue) =>
    explain(issue, schema, raw).map(({ path, aspect, mistake }) => placed(origin, path, aspect, mistake)),
  );
}

interface Explained {
  readonly path: Path;
  readonly aspect: Aspect;
  readonly mistake: Mistake;
}

function explain(issue: Issue, schema: z.ZodType, raw: unknown): Explained[] {
  const path = issue.path as Path;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], aspect: 'key', mistake: unknownKey(key, path, keysOf(schema, path, raw)) }));
    case 'invalid_type':
      return [shapeMistake(path, issue.expected, raw)];
    case 'invalid_key':
      return [{ path, aspect: 'key', mistake: badName(String(path.at(-1))) }];
    case 'invalid_union':
      return [discriminator(issue, path, raw)];
    case 'custom':
      return [custom(issue, path)];
    default:
      return [{ path, aspect: 'value', mistake: { code: 'QL_SCENARIO_BAD_VALUE', message: `${issue.message}.` } }];
  }
}

function unknownKey(key: string, parent: Path, known: KnownKeys): Mistake {
  const where = parent.length === 0 ? 'a scenario' : parent.join('.');
  return {
    code: 'QL_SCENARIO_UNKNOWN_KEY',
    message: `${quoted(key)} is not a key of ${where}.`,
    expected: known.keys.length === 0 ? '' : `one of ${known.keys.join(', ')}`,
    nearest: nearest(key, known.keys),
  };
}

const SHAPES: Readonly<Record<string, string>> = { object: 'a mapping', record: 'a mapping of names', array: 'a list' };

function shapeMistake(path: Path, shape: string, raw: unknown): Explained {
  const value = valueAt(raw, path);
  const mistake = wrongType(value, SHAPES[shape] ?? shape);
  return value === undefined ? missing(path, mistake) : { path, aspect: 'value', mistake: withEmptyHint(path, mistake, value) };
}

/** `orders:` with nothing behind it is what people write for a queue with all defaults. */
function withEmptyHint(path: Path, mistake: Mistake, value: unknown): Mistake {
  if (value !== null || path[0] !== 'queues' || path.length !== 2) return mistake;
  return { ...mistake, expected: `a mapping; write \`${path[1]}: {}\` for a queue with all defaults` };
}

function missing(path: Path, mistake: Mistake): Explained {
  const parent = path.slice(0, -1).join('.');
  const message = `${parent === '' ? 'The scenario' : parent} has no ${quoted(String(path.at(-1)))}.`;
  return { path, aspect: 'around', mistake: { ...mistake, message } };
}

const badName = (key: string): Mistake => ({
  code: 'QL_SCENARIO_BAD_NAME',
  message: `${quoted(key)} cannot be a name.`,
  expected: NAME_RULE,
});

/** An entry whose kind decides what else it holds. */
function discriminator(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path, raw: unknown): Explained {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
  const value = valueAt(raw, path);
  const expected = oneOf(options);
  if (typeof value !== 'string') {
    const mistake = wrongType(value, expected);
    return value === undefined ? missing(path, mistake) : { path, aspect: 'value', mistake };
  }
  return {
    path,
    aspect: 'value',
    mistake: { code: 'QL_SCENARIO_UNKNOWN_CHOICE', message: `There is no ${String(path.at(-1))} ${quoted(value)}.`, expected, nearest: nearest(value, options) },
  };
}

function custom(issue: Extract<Issue, { code: 'custom' }>, path: Path): Explained {
  const mistake = (issue.params as MistakeParams | undefined)?.mistake;
  if (mistake === undefined) return { path, aspect: 'key', mistake: { code: 'QL_SCENARIO_BAD_VALUE', message: `${issue.message}.` } };
  return mistake.code === 'QL_SCENARIO_MISSING_KEY' ? missing(path, mistake) : { path, aspect: 'value', mistake };
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined), raw);
}
