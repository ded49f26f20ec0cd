import { describe, expect, it } from 'vitest';
import { MUTANTS } from '../../engine/index.js';
import { INVARIANTS } from '../../invariants/index.js';
import { runScenario, type RunResult } from '../../scenarios/index.js';
import { MUTANT_SCENARIOS } from './mutant-scenarios.js';

const violatedIn = (result: RunResult): string[] => result.verdicts.filter(({ verdict }) => verdict === 'violated').map(({ invariant }) => invariant);
const verdictOf = (result: RunResult, id: string): string | undefined => result.verdicts.find(({ invariant }) => invariant === id)?.verdict;

describe('the judge convicts every mutant', () => {
  it('there is a mutant for every invariant, and a run for every mutant', () => {
    expect(MUTANTS.map(({ invariant }) => invariant).sort()).toEqual(INVARIANTS.map(({ id }) => id).sort());
    expect(Object.keys(MUTANT_SCENARIOS).sort()).toEqual(MUTANTS.map(({ name }) => name).sort());
  });

  for (const { name, invariant } of MUTANTS) {
    describe(name, () => {
      const scenario = MUTANT_SCENARIOS[name]!;

      it(`is caught by ${invariant}, and by nothing else`, () => {
        const result = runScenario(scenario, { mutants: [name] });
        expect(violatedIn(result)).toEqual([invariant]);
        const { first } = result.verdicts.find((verdict) => verdict.invariant === invariant)!;
        expect(first!.text).toMatch(/\w/);
        if (first!.message !== 0) expect(result.story.length).toBeGreaterThan(2);
      });

      it(`is not there when ${invariant} acquits`, () => {
        const result = runScenario(scenario);
        expect(violatedIn(result)).toEqual([]);
        expect(verdictOf(result, invariant)).toBe('holds');
        expect(result.run.drained).toBe(true);
      });
    });
  }
});
