import { expect, it } from 'vitest';
import { promiseFailureText } from '../../../reports/words/failure-text.js';
import { brokenRun } from '../fixtures.js';

it('tells under each broken promise the life of its own message', () => {
  const run = brokenRun();
  const told = run.verdicts.find(({ first, met }) => !met && first !== null)!;
  const other = { ...told, invariant: 'count-exact', first: { ...told.first!, message: 77, atMicros: told.first!.atMicros + 1 } };
  const step = { event: 'lease-grant', actor: 'broker', atMicros: 1, text: 'leases message 77 to consumer-1.' };
  const result = { ...run, verdicts: [...run.verdicts, other], stories: [{ message: 77, steps: [step] }] };
  expect(promiseFailureText(result, told)).toContain(`Life of message ${told.first!.message}:\n`);
  expect(promiseFailureText(result, told)).not.toContain('message 77');
  expect(promiseFailureText(result, other)).toMatch(/Life of message 77:\n {2}0\.000s {2}broker leases message 77 to consumer-1\.\n/);
  // Of a result of an earlier version, or of more breaches than are told, there is no life.
  expect(promiseFailureText({ ...result, stories: [] }, other)).not.toContain('Life of');
});
