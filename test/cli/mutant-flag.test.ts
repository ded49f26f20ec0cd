import { expect, it } from 'vitest';
import { queuelab } from './given.js';

it('run --mutant switches a deliberate bug on, and says so', { timeout: 120_000 }, async () => {
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

it('check --mutant does the same with many seeds, in workers', { timeout: 120_000 }, async () => {
  const { code, stdout } = await queuelab(['check', 'visibility-timeout/nack-to-dead-letter', '--seeds', '1..2', '--mutant', 'one-delivery-too-few', '-j', '1']);
  expect(stdout).toContain('There were deliberate bugs in the engine (mutants: one-delivery-too-few)');
  expect(stdout).toContain('dlq-exact-trigger');
  expect(stdout).toContain('--mutant one-delivery-too-few');
  expect(code).toBe(1);
});
