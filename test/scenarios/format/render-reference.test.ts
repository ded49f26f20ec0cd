import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderReference } from '../../../scenarios/format/render-reference.js';

it('docs/scenario-format.md is what the code says (UPDATE=1 writes it)', () => {
  const path = join(import.meta.dirname, '../../../docs/scenario-format.md');
  const text = renderReference();
  if (process.env['UPDATE'] === '1') writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
