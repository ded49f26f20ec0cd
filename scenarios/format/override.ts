import { mistaken, parsed, type Mistake, type Parsed } from './mistake.js';
import { nearest } from './nearest.js';
import type { Path } from './node-at.js';
import { quoted } from './printable.js';
import { Source, type Span } from './source.js';
import { readYaml } from './yaml-text.js';

/** `--set path=value`, taken apart. */
export interface Override {
  readonly path: Path;
  /** Undefined puts the setting back to its default. */
  readonly value: unknown;
  readonly source: Source;
  /** Where each step of the path stands in the source. */
  readonly steps: readonly Span[];
  readonly valueSpan: Span;
}

/** Sections whose keys are names that the author chose: an override may change an entry, not invent one. */
const SECTIONS_BY_NAME: readonly unknown[] = ['queues', 'producers', 'consumers'];
const CODE = 'QL_SCENARIO_BAD_OVERRIDE';
const EXPECTED = 'path=value, such as queues.orders.visibilityTimeout=10s or faults.0.at=5s';
const FORM = /^\s*([A-Za-z][\w-]*(?:\.[\w-]+|\[\d+\])*)\s*=(.*)$/s;

/** The value that is none: the setting is as if the file did not have it. */
const BACK_TO_DEFAULT = /^\s*null\s*$/;

/** Reads the argument of `--set`. The value is YAML, so `[a, b]` and `{ kind: plain }` are possible; `null` takes a setting back. */
export function parseOverride(text: string): Parsed<Override> {
  const source = new Source('--set', text);
  const elsewhere = (span: Span): { readonly elsewhere: { source: Source; span: Span } } => ({ elsewhere: { source, span } });
  const match = FORM.exec(text);
  if (match === null) {
    return mistaken({ code: CODE, message: `${quoted(text)} is not an override.`, expected: EXPECTED, ...elsewhere({ start: 0, end: text.length }) });
  }
  const [, pathText = '', valueText = ''] = match;
  const valueStart = text.length - valueText.length;
  const valueSpan = { start: valueStart, end: Math.max(text.length, valueStart + 1) };
  const steps = stepsOf(text, pathText);
  const path = steps.map(({ start, end }) => text.slice(start, end));
  if (BACK_TO_DEFAULT.test(valueText)) return parsed({ path, value: undefined, source, steps, valueSpan });
  const value = readYaml(new Source('--set', valueText));
  const wrong = value.ok ? value.value.mistakes[0] : value.mistake;
  if (wrong !== undefined || !value.ok) {
    const message = valueText.trim() === '' ? 'The override gives no value.' : `The value cannot be read: ${wrong?.message ?? ''}`;
    return mistaken({ code: CODE, message, expected: EXPECTED, ...elsewhere(valueSpan) });
  }
  return parsed({ path, value: value.value.value, source, steps, valueSpan });
}

/** The name of a FIFO queue ends with `.fifo`: before a further step that is part of the name, at the end it is the setting. */
function stepsOf(text: string, pathText: string): Span[] {
  const offset = text.indexOf(pathText);
  return Array.from(pathText.matchAll(/[\w-]+\.fifo(?=\.)|[\w-]+/g), ({ index, 0: step }) => ({ start: offset + index, end: offset + index + step.length }));
}

/** Entries of a section have names; their numbers in the order of the file stand for them: `consumers.0.prefetch`. */
export function withEntryNamed(root: Readonly<Record<string, unknown>>, override: Override): Override {
  const [section = '', entry = '', ...rest] = override.path;
  const entries = SECTIONS_BY_NAME.includes(section) && isCollection(root) ? root[section] : undefined;
  if (!isCollection(entries) || Array.isArray(entries) || Object.hasOwn(entries as object, entry) || !/^\d+$/.test(String(entry))) return override;
  const name = Object.keys(entries as object)[Number(entry)];
  return name === undefined ? override : { ...override, path: [section, name, ...rest] };
}

/**
 * Changes what the file says. Sections and settings that the file leaves out may be given; whether they exist in the
 * format is the schema's to say.
 */
export function applyOverride(root: Record<string, unknown>, override: Override): Mistake | null {
  const { path, value, source, steps } = override;
  let parent: unknown = root;
  for (const [index, step] of path.entries()) {
    const fail = (message: string, expected: string, near: string | null = null): Mistake =>
      ({ code: CODE, message, expected, nearest: near, elsewhere: { source, span: steps[index] as Span } });
    const where = index === 0 ? 'The scenario' : quoted(path.slice(0, index).join('.'));
    if (!isCollection(parent)) return fail(`${where} has no parts to set.`, 'the path of a setting');
    if (Array.isArray(parent) && !(Number(step) < parent.length && /^\d+$/.test(String(step)))) {
      return fail(`${where} has ${parent.length} entries, and none at ${quoted(String(step))}.`, 'a number counted from 0');
    }
    const container = parent as Record<string, unknown>;
    if (index === 1 && SECTIONS_BY_NAME.includes(path[0]) && !Object.hasOwn(container, step)) {
      const names = Object.keys(container);
      return fail(`${where} has no entry ${quoted(String(step))}.`, `one of ${names.join(', ')}, or a number counted from 0`, nearest(String(step), names));
    }
    if (index === path.length - 1 && value === undefined) Reflect.deleteProperty(container, step);
    else if (index === path.length - 1) define(container, step, value);
    else if (!Object.hasOwn(container, step) || container[step] === null) define(container, step, {});
    parent = container[step];
  }
  return null;
}

const isCollection = (value: unknown): boolean => typeof value === 'object' && value !== null;

function define(container: Record<string, unknown>, key: string | number, value: unknown): void {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}
