import { describe, expect, it } from 'vitest';
import { MUTANTS } from '../../engine/index.js';
import { INVARIANTS } from '../../invariants/index.js';
import { runScenario, type RunResult, type Scenario } from '../../scenarios/index.js';
import { MUTANT_SCENARIOS } from './mutant-scenarios.js';

const violatedIn = (result: RunResult): string[] => result.verdicts.filter(({ verdict }) => verdict === 'violated').map(({ invariant }) => invariant);
const verdictOf = (result: RunResult, id: string): string | undefined => result.verdicts.find(({ invariant }) => invariant === id)?.verdict;

/** Whether the contract allows losses: then there may be some. */
const mayLose = ({ broker, faults, producers }: Scenario): boolean => broker.flush !== 'always' || faults.some(({ fault }) => fault === 'bit-rot')
  || (faults.length > 0 && producers.some(({ publish }) => publish?.persistent === false));

describe('the judge convicts every mutant', () => {
  it('there is a run for every mutant', () => {
    expect(Object.keys(MUTANT_SCENARIOS).sort()).toEqual(MUTANTS.map(({ name }) => name).sort());
  });

  it.each(INVARIANTS)('$id catches a mutant that nothing else catches', ({ id }) => {
    expect(MUTANTS.filter(({ invariant, alsoCaughtBy = [] }) => invariant === id && alsoCaughtBy.length === 0)).not.toEqual([]);
  });

  describe.each(MUTANTS)('$name', ({ name, invariant, alsoCaughtBy = [] }) => {
    const scenario = MUTANT_SCENARIOS[name]!;

    it(`is caught by ${invariant}${alsoCaughtBy.length === 0 ? ' alone' : ''}`, () => {
      const result = runScenario(scenario, { mutants: [name] });
      const violated = violatedIn(result);
      expect(violated).toContain(invariant);
      expect([invariant, ...alsoCaughtBy]).toEqual(expect.arrayContaining(violated));
      const { first } = result.verdicts.find((verdict) => verdict.invariant === invariant)!;
      expect(first!.text).toMatch(/\w/);
      if (first!.message !== 0) expect(result.story.length).toBeGreaterThan(2);
    });

    it(`is not there when ${invariant} acquits`, () => {
      const result = runScenario(scenario);
      expect(violatedIn(result)).toEqual([]);
      expect(mayLose(scenario) ? ['holds', 'anomaly'] : ['holds']).toContain(verdictOf(result, invariant));
      expect(result.run.drained).toBe(true);
    });
  });
});
