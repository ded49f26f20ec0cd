import { describe, expect, it } from 'vitest';
import { aloneTasks, type FinishedHunt, type HuntOutcome, shrinkTasks, summarise } from '../../../campaign/index.js';
import { quantile } from '../../../campaign/mutants/summarise.js';
import { MUTANTS } from '../../../engine/index.js';
import { INVARIANTS } from '../../../invariants/index.js';
import { aScenario } from '../../scenarios/a-scenario.js';

const scenario = aScenario();

function aHunt(mutant: string, invariant: string, outcome: Partial<HuntOutcome> = {}): FinishedHunt {
  return {
    task: { mutant, invariant, scenario, beyondContract: false, strategy: 'swarm', baseSeed: '1', maxRuns: 100 },
    outcome: { found: true, runs: 3, millis: 10, violated: [invariant], small: null, fault: null, ...outcome },
  };
}

describe('a report on mutants', () => {
  it('gives median and 95th percentile, and no number where hunts found nothing', () => {
    const runs = [5, 1, 4, 2, 3].map((count) => aHunt('scribble-body', 'no-phantom', { runs: count }));
    expect(summarise(runs, 100).mutants[0]!.strategies).toEqual([{ strategy: 'swarm', hunts: 5, found: 5, medianRuns: 3, p95Runs: 5, medianMillis: 10 }]);
    const lost = aHunt('scribble-body', 'no-phantom', { found: false, violated: [] });
    expect(summarise([...runs, lost], 100).mutants[0]!.strategies[0]).toMatchObject({ found: 5, medianRuns: 3, p95Runs: null });
    expect(summarise([lost], 100).mutants[0]!.strategies[0]).toMatchObject({ found: 0, medianRuns: null, medianMillis: null });
  });

  it('says which mutant was not caught, and what was in the way', () => {
    const lost = { found: false, violated: [] };
    expect(summarise([aHunt('scribble-body', 'no-phantom', lost)], 100).problems).toEqual([
      'The mutant scribble-body was not caught, by no-phantom or another, in 1 hunt of up to 100 runs.',
    ]);
    expect(summarise([aHunt('scribble-body', 'no-phantom', { ...lost, fault: 'out of order' })], 100).problems[0]).toContain('What came in the way: out of order.');
  });

  it('says which invariant caught no mutant alone, when all mutants were hunted', () => {
    const all = MUTANTS.map(({ name, invariant }) => aHunt(name, invariant));
    expect(summarise(all, 100)).toMatchObject({ complete: true, problems: [] });
    const crowded = all.map(({ task, outcome }) => ({ task, outcome: { ...outcome, violated: task.invariant === 'no-phantom' ? ['no-phantom', 'count-exact'] : outcome.violated } }));
    expect(summarise(crowded, 100).problems).toEqual(['No mutant was caught by no-phantom alone: nothing shows that the judge needs it.']);
    expect(summarise(crowded.slice(1), 100)).toMatchObject({ complete: false, problems: [] });
    expect(new Set(MUTANTS.map(({ invariant }) => invariant)).size).toBe(INVARIANTS.length);
  });

  it('has the hunts once more that broke several promises at once, where no find broke one of them alone', () => {
    const all = MUTANTS.map(({ name, invariant }) => aHunt(name, invariant));
    expect(aloneTasks(all)).toEqual([]);
    const crowded = all.map(({ task, outcome }) => ({ task, outcome: { ...outcome, violated: task.invariant === 'no-phantom' ? ['no-phantom', 'count-exact'] : outcome.violated } }));
    const again = aloneTasks(crowded);
    const madeForIt = MUTANTS.filter(({ invariant, alsoCaughtBy = [] }) => invariant === 'no-phantom' && alsoCaughtBy.length === 0).map(({ name }) => name as string);
    expect(again).toEqual(all.filter(({ task }) => madeForIt.includes(task.mutant)).map(({ task }) => ({ ...task, alone: true })));
    expect(again.length).toBeGreaterThan(0);
    const alone = again.map((task) => aHunt(task.mutant, task.invariant, { violated: ['no-phantom'] }));
    expect(summarise(crowded, 100, { alone })).toMatchObject({ complete: true, problems: [] });
    expect(summarise(crowded, 100, { alone: [aHunt('scribble-body', 'no-phantom', { found: false, violated: [] })] }).problems).toHaveLength(1);
  });

  it('names what caught a mutant, the most frequent first, and what was never violated alone', () => {
    const hunts = [['count-exact', 'no-phantom'], ['no-phantom']].map((violated) => aHunt('scribble-body', 'no-phantom', { violated }));
    expect(summarise(hunts, 100).mutants[0]).toMatchObject({ caught: true, caughtBy: ['no-phantom', 'count-exact'], caughtAloneBy: ['no-phantom'] });
  });

  it('says what is left of the quickest find of each', () => {
    const hunts = [9, 2, 5].map((runs) => aHunt('scribble-body', 'no-phantom', { runs }));
    const lost = aHunt('count-forgotten', 'count-exact', { found: false, violated: [] });
    expect(shrinkTasks([...hunts, lost], 50)).toEqual([{ ...hunts[1]!.task, shrinkRuns: 50 }]);
    const small = { faults: 1, messages: 2, runs: 40, millis: 7, complete: true };
    const report = summarise([...hunts, lost], 100, { shrunk: [aHunt('scribble-body', 'no-phantom', { small })] });
    expect(report.mutants.map((figures) => figures.small)).toEqual([small, null]);
    expect(report.small).toEqual({ finds: 1, medianFaults: 1, medianMessages: 2, p95Millis: 7 });
  });

  it('knows quantiles', () => {
    expect([0.5, 0.95].map((share) => quantile([1, 2, 3, 4], share))).toEqual([2, 4]);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([], 0.5)).toBeNull();
  });
});
