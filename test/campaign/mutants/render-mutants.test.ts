import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderMutants } from '../../../campaign/index.js';
import { MUTANTS } from '../../../engine/index.js';

const path = join(import.meta.dirname, '../../../docs/mutants.md');

it('docs/mutants.md is what the code says (UPDATE=1 writes it)', () => {
  if (process.env['UPDATE'] === '1') writeFileSync(path, renderMutants());
  expect(readFileSync(path, 'utf8')).toBe(renderMutants());
});

it.each(MUTANTS)('has a row for $name', ({ name }) => {
  expect(renderMutants().split('\n').filter((line) => line.startsWith(`| \`${name}\``))).toHaveLength(1);
});
