import * as z from 'zod';
import { mistaken, type Mistake, type Parsed } from '../mistake.js';

/** How editors see a setting: fields of a JSON Schema. */
export interface LeafHelp {
  readonly description: string;
  readonly [keyword: string]: unknown;
}

/** Where a custom issue carries its mistake. */
export interface MistakeParams {
  readonly mistake: Mistake;
}

/**
 * A setting that is one word, number or expression. `parse` gets it as text, however YAML read it, so that `30` and
 * `"30"` are the same to it.
 */
export function leaf<T>(parse: (text: string) => Parsed<T>, expected: string, help: LeafHelp, write?: Write<T>): z.ZodType<T> {
  return fromUnknown((value) => {
    const text = scalarText(value);
    return text === null ? mistaken(wrongType(value, expected)) : parse(text);
  }, help, write);
}

/** How a value is written so that it is read as the same again: a word, a number, or a list of these. */
export type Write<T> = (value: T) => unknown;

const writers = new WeakMap<z.ZodType, Write<never>>();

/** What a file says for the value of a setting; what was given no way to be written stands as it is. */
export function writtenLeaf(schema: z.ZodType, value: unknown): unknown {
  const write = writers.get(schema) as Write<unknown> | undefined;
  return write === undefined ? value : write(value);
}

export function fromUnknown<T>(parse: (value: unknown) => Parsed<T>, help: LeafHelp, write?: Write<T>): z.ZodType<T> {
  const schema: z.ZodType<T> = z
    .unknown()
    .transform((value, context): T => {
      const result = parse(value);
      if (result.ok) return result.value;
      const params: MistakeParams = { mistake: result.mistake };
      context.addIssue({ code: 'custom', message: result.mistake.message, params: { ...params }, input: value });
      return z.NEVER;
    })
    .meta(help);
  if (write !== undefined) writers.set(schema, write);
  return schema;
}

function scalarText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

/** What is wrong when a value has not even the right shape. */
export function wrongType(value: unknown, expected: string): Mistake {
  if (value === undefined) return { code: 'QL_SCENARIO_MISSING_KEY', message: 'A key is missing.', expected };
  if (value === null) return { code: 'QL_SCENARIO_WRONG_TYPE', message: 'There is no value.', expected };
  return { code: 'QL_SCENARIO_WRONG_TYPE', message: `${shapeOf(value)} cannot stand here.`, expected };
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return 'A list';
  if (typeof value === 'object') return 'A mapping';
  return typeof value === 'boolean' ? `The truth value ${String(value)}` : `A ${typeof value}`;
}
