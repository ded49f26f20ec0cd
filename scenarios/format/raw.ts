import { COUNT, DURATION, parseQuantity } from './quantities/index.js';

/** What YAML says before it is checked: anything may be anything. These readers look without presuming. */
export type Raw = Readonly<Record<string, unknown>>;

export const asRecord = (value: unknown): Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : {};

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const asText = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

/** The duration that the value states, or null when it states none. */
export function asMicros(value: unknown): number | null {
  const text = asText(value);
  const duration = text === null ? null : parseQuantity(text, DURATION);
  return duration?.ok === true ? duration.value : null;
}

/** The whole number that the value states, or null when it states none. */
export function asCount(value: unknown): number | null {
  const text = asText(value);
  const count = text === null ? null : parseQuantity(text, COUNT);
  return count?.ok === true ? count.value : null;
}
