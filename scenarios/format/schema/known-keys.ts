import * as z from 'zod';
import type { Path } from '../node-at.js';

/** Keys that the format has at a place, in its order. */
export interface KnownKeys {
  readonly keys: readonly string[];
}

/** The keys of the mapping at `path`; empty where the author chooses them. `raw` decides between the kinds of a union. */
export function knownKeysAt(schema: z.ZodType, path: Path, raw: unknown): KnownKeys {
  let at: z.ZodType | null = unwrapped(schema, raw);
  let value: unknown = raw;
  for (const step of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined;
    at = at === null ? null : stepInto(at, step);
    at = at === null ? null : unwrapped(at, value);
  }
  return { keys: at instanceof z.ZodObject ? Object.keys(at.shape as object) : [] };
}

function stepInto(schema: z.ZodType, step: string | number): z.ZodType | null {
  if (schema instanceof z.ZodObject) return ((schema.shape as Record<string, z.ZodType>)[step] ?? null);
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : null;
}

/** What is inside defaults and optional settings; of a union by kind, the one that `value` chose. */
export function unwrapped(schema: z.ZodType, value: unknown): z.ZodType {
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) return unwrapped(schema.unwrap() as z.ZodType, value);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const kind = (value as Record<string, unknown> | null | undefined)?.[schema.def.discriminator];
  const chosen = (schema.options as readonly z.ZodType[]).find(
    (option) => option instanceof z.ZodObject && (option.shape as Record<string, z.ZodType>)[schema.def.discriminator]?.safeParse(kind).success,
  );
  return chosen ?? schema;
}
