import { expect, it } from 'vitest';
import { runScenario } from '../../../scenarios/index.js';
import { answerOf } from '../../../reports/words/answer.js';
import { aScenario } from '../a-scenario.js';

it('a run with a deliberate bug says so in its result, its replay command and its report', () => {
  const result = runScenario(aScenario(), { mutants: ['scribble-body', 'release-resets-count'] });
  expect(result.mutants).toEqual(['scribble-body', 'release-resets-count']);
  expect(result.replay).toMatch(/ --mutant scribble-body --mutant release-resets-count$/);
  expect(answerOf(result).details[0]).toBe(
    'This run had deliberate bugs in its engine (mutants scribble-body, release-resets-count): it says nothing of the engine as it is.',
  );
});

it('a run without one does not', () => {
  const result = runScenario(aScenario());
  expect(result).not.toHaveProperty('mutants');
  expect(result.replay).not.toContain('--mutant');
  expect(answerOf(result).details.join(' ')).not.toContain('deliberate');
});
