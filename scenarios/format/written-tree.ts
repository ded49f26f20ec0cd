import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { unwrapped } from './schema/known-keys.js';
import { writtenLeaf } from './schema/leaf.js';

/** What a file says: words, numbers, lists and mappings. */
export type Written = string | number | boolean | readonly Written[] | { readonly [key: string]: Written };

/**
 * What a file says for a value that the schema gave, in the format's order of keys and without what it would say by default. Null
 * for a value that is the default as a whole.
 */
export function writtenTree(schema: z.ZodType, value: unknown): Written | null {
  if (value === undefined || isDefault(schema, value)) return null;
  const inner = unwrapped(schema, value);
  if (inner instanceof z.ZodObject) return writtenObject(inner, value as Readonly<Record<string, unknown>>);
  if (inner instanceof z.ZodRecord) return writtenRecord(inner, value as Readonly<Record<string, unknown>>);
  if (inner instanceof z.ZodArray) return (value as readonly unknown[]).map((item) => writtenTree(inner.element as z.ZodType, item) ?? {});
  return writtenLeaf(inner, value) as Written;
}

const defaults = new WeakMap<z.ZodType, unknown>();

function isDefault(schema: z.ZodType, value: unknown): boolean {
  if (!(schema instanceof z.ZodPrefault)) return false;
  if (!defaults.has(schema)) defaults.set(schema, schema.parse(undefined));
  return isDeepStrictEqual(defaults.get(schema), value);
}

function writtenObject(schema: z.ZodObject, value: Readonly<Record<string, unknown>>): Written {
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  const parts = Object.entries(shape).map(([key, part]) => [key, writtenTree(part, value[key])] as const);
  return withoutDefaults(parts);
}

/** Its keys are names: an entry of which all is default still stands there. */
function writtenRecord({ valueType }: z.ZodRecord, value: Readonly<Record<string, unknown>>): Written {
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, writtenTree(valueType as z.ZodType, entry) ?? {}]));
}

/** A mapping of which nothing is left stays when it was not a default: `deadLetter: {}` and its absence differ. */
function withoutDefaults(parts: readonly (readonly [string, Written | null])[]): Written {
  return Object.fromEntries(parts.filter((part): part is readonly [string, Written] => part[1] !== null));
}
