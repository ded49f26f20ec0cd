import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { INVARIANTS, renderCatalogue } from '../../invariants/index.js';

const path = join(import.meta.dirname, '../../docs/invariants.md');

it('docs/invariants.md is what the code says; `UPDATE=1 npx vitest run test/invariants/catalogue.test.ts` writes it', () => {
  if (process.env['UPDATE'] === '1') writeFileSync(path, renderCatalogue());
  expect(readFileSync(path, 'utf8')).toBe(renderCatalogue());
});

it('every invariant has an id of its own, a promise in one sentence, and says what exercises it', () => {
  expect(new Set(INVARIANTS.map((invariant) => invariant.id)).size).toBe(INVARIANTS.length);
  for (const { promise, exercisedBy } of INVARIANTS) {
    expect(promise).toMatch(/^[A-Z][^.]*\.$/);
    expect(exercisedBy).not.toBe('');
  }
});
