import * as z from 'zod';
import type { Setting } from '../model.js';
import { unwrapped } from './schema/known-keys.js';

/** Every setting of a valid scenario, in the order of the format, with the defaults that the file left to it. */
export function settingsOf(schema: z.ZodType, raw: unknown): Setting[] {
  const settings: Setting[] = [];
  collect(schema, raw, '', settings);
  return settings;
}

function collect(schema: z.ZodType, raw: unknown, path: string, into: Setting[]): void {
  if (schema instanceof z.ZodOptional && raw === undefined) return;
  const isDefault = raw === undefined && schema instanceof z.ZodPrefault;
  const value: unknown = isDefault ? schema.def.defaultValue : raw;
  const inner = unwrapped(schema, value);
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) collectMap(inner, value as Record<string, unknown>, path, into);
  else if (Array.isArray(value)) into.push(...value.map((item, index) => ({ path: `${path}.${index}`, value: written(item), isDefault })));
  else into.push({ path, value: written(value), isDefault });
}

function collectMap(schema: z.ZodObject | z.ZodRecord, value: Readonly<Record<string, unknown>>, path: string, into: Setting[]): void {
  const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : Object.keys(value);
  for (const key of keys) {
    const child = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>)[key] : (schema.valueType as z.ZodType);
    collect(child as z.ZodType, Object.hasOwn(value, key) ? value[key] : undefined, path === '' ? key : `${path}.${key}`, into);
  }
}

const written = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
