import { describe, expect, it } from 'vitest';
import { hunt, STRATEGY_NAMES } from '../../../campaign/index.js';
import { DEFAULT_FUZZ, runScenario, type Scenario } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aQueue, aScenario, SECOND } from '../../scenarios/a-scenario.js';

const scenario: Scenario = {
  ...aScenario({
    queues: [aQueue('orders', { visibilityTimeoutMicros: 2 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 2 } }), aQueue('dead')],
    producers: [aProducer({ messages: 40 })],
    consumers: [aConsumer('consumer-1'), aConsumer('consumer-2')],
  }),
  fuzz: { ...DEFAULT_FUZZ, messages: { least: 2, most: 20 }, producers: null, consumers: null },
};

describe('a hunt', { timeout: 60_000 }, () => {
  it('finds nothing where nothing is wrong, and says what it reached', () => {
    const result = hunt({ scenario, strategy: 'swarm', baseSeed: '1', maxRuns: 20 });
    expect(result).toMatchObject({ found: false, runs: 20, failure: null });
    expect(result.reached).toBeGreaterThan(80);
    expect(result.reached).toBeLessThan(result.total);
  });

  it.each(STRATEGY_NAMES)('by %s finds a deliberate bug, with a run that shows it again', (strategy) => {
    const mutants = ['one-delivery-too-many'];
    const { found, runs, failure } = hunt({ scenario, strategy, baseSeed: '1', maxRuns: 60, mutants });
    expect(found).toBe(true);
    expect(failure!.run.number).toBe(runs);
    const again = runScenario(failure!.run.scenario, { seed: failure!.run.seed, mutants });
    expect(again.fingerprint).toBe(failure!.result.fingerprint);
    expect(again.verdicts.filter(({ verdict }) => verdict === 'violated').map(({ invariant }) => invariant)).toContain('max-deliveries');
    expect(runScenario(failure!.run.scenario, { seed: failure!.run.seed }).outcome).not.toBe('broken');
  });

  it('is the same again with the same seed, guided by coverage too', () => {
    const again = () => hunt({ scenario, strategy: 'coverage', baseSeed: '5', maxRuns: 20 });
    expect(again()).toEqual(again());
  });

  it('may be for one promise alone', () => {
    const isPrey = () => false;
    expect(hunt({ scenario, strategy: 'swarm', baseSeed: '1', maxRuns: 12, mutants: ['scribble-body'], isPrey }).found).toBe(false);
  });
});
