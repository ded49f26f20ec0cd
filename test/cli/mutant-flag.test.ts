import { expect, it } from 'vitest';
import { queuelab } from './given.js';

it('run --mutant switches a deliberate bug on, and says so', async () => {
  const { code, stdout } = await queuelab(['run', 'visibility-timeout/success', '--mutant', 'one-delivery-too-few', '--mutant', 'retry-with-new-id']);
  expect(stdout).toContain('This run had deliberate bugs in its engine');
  expect(stdout).toContain('--mutant one-delivery-too-few --mutant retry-with-new-id');
  expect(code).toBe(0);
});

it('run --mutant knows its mutants', async () => {
  const { code, stderr } = await queuelab(['run', 'visibility-timeout/success', '--mutant', 'one-delivery-to-few']);
  expect(stderr).toContain('Did you mean one-delivery-too-few?');
  expect(code).toBe(2);
});
