import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FAULT_MEANINGS, FAULT_WORDS, renderGuarantees } from '../../../invariants/index.js';

const path = join(import.meta.dirname, '../../../docs/guarantees.md');

it('docs/guarantees.md is what the data says; `UPDATE=1 npx vitest run test/invariants/contracts/guarantees.test.ts` writes it', () => {
  if (process.env['UPDATE'] === '1') writeFileSync(path, renderGuarantees());
  expect(readFileSync(path, 'utf8')).toBe(renderGuarantees());
});

it('every kind of fault is explained for every sort of machine', () => {
  expect(Object.keys(FAULT_WORDS).sort()).toEqual(Object.keys(FAULT_MEANINGS).sort());
  for (const words of Object.values(FAULT_WORDS)) for (const text of Object.values(words) as string[]) expect(text).toMatch(/^[A-Z].*\.$/);
});
