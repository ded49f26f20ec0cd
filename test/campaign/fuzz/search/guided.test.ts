import { describe, expect, it } from 'vitest';
import { runObserved, Search, type StrategyName } from '../../../../campaign/index.js';
import { DEFAULT_FUZZ, type Scenario } from '../../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, SECOND } from '../../../scenarios/a-scenario.js';

const scenario: Scenario = {
  ...aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 2 } }), aQueue('dead')],
    producers: [aProducer({ messages: 20 })],
    consumers: [aConsumer('consumer-1'), aConsumer('consumer-2')],
  }),
  fuzz: { ...DEFAULT_FUZZ, messages: { least: 2, most: 20 } },
};

const begun = (strategy: StrategyName): Search => new Search({ scenario, strategy, baseSeed: '1' });
const workloadOf = ({ faults: _, ...workload }: Scenario): string => JSON.stringify(workload);

/** A search that has learnt from its first run. */
function taught(isBroken: boolean | null = null): { readonly search: Search; readonly first: ReturnType<Search['draw']> } {
  const search = begun('coverage');
  const first = search.draw();
  const { hits, moments } = runObserved(first.scenario, { seed: first.seed });
  if (isBroken === null) search.learn(first, hits, moments);
  else search.recall(first, { hits, moments, isBroken });
  return { search, first };
}

describe('a search guided by what runs reached', { timeout: 60_000 }, () => {
  it('draws as a uniform one does until it knows of something', () => {
    const [guided, uniform] = [begun('coverage'), begun('uniform')];
    expect(Array.from({ length: 4 }, () => guided.draw())).toEqual(Array.from({ length: 4 }, () => uniform.draw()));
  });

  it('then strikes again and again what a run with new ground went through, in its workload and with its seed', () => {
    const { search, first } = taught();
    const next = Array.from({ length: 100 }, () => search.draw());
    const descendants = next.filter((run) => run.seed === first.seed && workloadOf(run.scenario) === workloadOf(first.scenario));
    expect(descendants.length).toBeGreaterThan(45);
    expect(descendants.length).toBeLessThan(85);
    expect(new Set(descendants.map((run) => JSON.stringify(run.scenario.faults))).size).toBeGreaterThan(descendants.length * 0.9);
  });

  it('is the same again after the same lessons', () => {
    const draws = (): unknown[] => {
      const { search } = taught();
      return Array.from({ length: 20 }, () => search.draw());
    };
    expect(draws()).toEqual(draws());
  });

  it('goes on from runs of earlier fuzzing, unless they break a promise', () => {
    const isDescendant = ({ search, first }: ReturnType<typeof taught>): boolean =>
      Array.from({ length: 20 }, () => search.draw()).some((run) => run.seed === first.seed);
    expect(isDescendant(taught(false))).toBe(true);
    expect(isDescendant(taught(true))).toBe(false);
  });

  it('has no descendants of runs that reached nothing new', () => {
    const { search, first } = taught(true);
    const { hits, moments } = runObserved(first.scenario, { seed: first.seed });
    search.learn(first, hits, moments);
    expect(Array.from({ length: 20 }, () => search.draw()).some((run) => run.seed === first.seed)).toBe(false);
  });
});

describe('how many runs a search has under way', () => {
  it('grows with what was drawn, up to sixteen', () => {
    const search = begun('swarm');
    const allowed = (): number => [...Array(20).keys()].findIndex((underWay) => !search.mayDraw(underWay));
    const seen: number[] = [];
    for (let drawn = 0; drawn < 40; drawn++) {
      seen.push(allowed());
      search.draw();
    }
    expect([seen[0], seen[8], seen[12], seen[20], seen[39]]).toEqual([4, 4, 6, 10, 16]);
  });
});
