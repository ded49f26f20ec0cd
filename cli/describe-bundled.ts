import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { BundledScenario } from './bundled.js';

/** What a scenario file says of itself, in a line. */
export function describeBundled({ file }: BundledScenario): string {
  const description: unknown = parseDocument(readFileSync(file, 'utf8')).get('description');
  return typeof description === 'string' ? (description.trim().split('\n')[0] ?? '') : '';
}
