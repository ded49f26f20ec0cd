import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundlePage } from './bundle-page.js';

const path = join(import.meta.dirname, '../../../reports/html/page-code.ts');
/** Bytes that the script may have in every report. */
const MAX_BYTES = 100_000;

it('reports/html/page-code.ts is what reports/page/ says (UPDATE=1 writes it)', async () => {
  const text = await bundlePage();
  if (process.env['UPDATE'] === '1') writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(Buffer.byteLength(text)).toBeLessThan(MAX_BYTES);
});
