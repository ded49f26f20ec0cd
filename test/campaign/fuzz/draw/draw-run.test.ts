import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Search, type StrategyName } from '../../../../campaign/index.js';
import { DEFAULT_FUZZ, type FuzzSpec, loadScenario, parseScenario, type Scenario, scenarioYaml, Source } from '../../../../scenarios/index.js';
import { expandSchedule, FAULTS } from '../../../../sim/index.js';
import { aConsumer, aProducer, aQueue, aScenario, SECOND } from '../../../scenarios/a-scenario.js';

const scenarios = join(import.meta.dirname, '../../../../scenarios');
const BUNDLED = (readdirSync(scenarios, { recursive: true }) as string[]).filter((name) => name.endsWith('.yaml')).sort();

const withDeadLetters = aScenario({
  queues: [aQueue('orders', { visibilityTimeoutMicros: 5 * SECOND, deadLetter: { queue: 'dead', maxReceiveCount: 3 } }), aQueue('dead')],
});

function drawn(count: number, strategy: StrategyName = 'swarm', scenario: Scenario = withDeadLetters, fuzz: Partial<FuzzSpec> = {}, baseSeed = '1') {
  const search = new Search({ scenario: { ...scenario, fuzz: { ...DEFAULT_FUZZ, ...fuzz } }, strategy, baseSeed });
  return Array.from({ length: count }, () => search.draw());
}

const noTrace = (): never => {
  throw new Error('no scenario of this test reads a trace');
};

const machinesIn = ({ broker, producers, consumers }: Scenario): string[] => [broker, ...producers, ...consumers].map(({ name }) => name);
const familiesIn = ({ faults }: Scenario): Set<string> => new Set(faults.map(({ fault }) => FAULTS.get(fault)!.family));

describe('what a scenario that comes with queuelab lets vary', () => {
  it.each(BUNDLED)('in %s can be set', (file) => {
    const path = join(scenarios, file);
    for (const { path: setting, values } of loadScenario(path).fuzz?.vary ?? []) {
      for (const value of values) expect(() => loadScenario(path, { overrides: [`${setting}=${value}`] }), `${setting}=${value}`).not.toThrow();
    }
  });
});

describe.each(['swarm', 'uniform'] as const)('a run drawn by %s', (strategy) => {
  it('depends on seed and number alone', () => {
    expect(drawn(10, strategy)).toEqual(drawn(10, strategy));
    expect(drawn(10, strategy)).not.toEqual(drawn(10, strategy, withDeadLetters, {}, '2'));
  });

  it('is explicit: its schedule is its own expansion and can be carried out', () => {
    for (const { scenario } of drawn(60, strategy)) {
      const expanded = expandSchedule(scenario.faults, { machineNames: machinesIn(scenario), untilMicros: scenario.durationMicros });
      expect(expanded).toEqual(scenario.faults.map((fault) => expect.objectContaining(fault) as unknown));
      expect(expanded.every(({ at }) => at < scenario.durationMicros)).toBe(true);
    }
  });

  it('keeps within the bounds that the scenario sets', () => {
    const fuzz: Partial<FuzzSpec> = {
      messages: { least: 5, most: 9 }, producers: { least: 2, most: 3 }, consumers: { least: 1, most: 2 }, delayMicros: null, failure: { least: 0.1, most: 0.2 },
      faults: { ...DEFAULT_FUZZ.faults, count: { least: 1, most: 4 }, forMicros: { least: SECOND, most: 2 * SECOND }, only: ['pause'] },
    };
    for (const { scenario } of drawn(40, strategy, withDeadLetters, fuzz)) {
      expect(scenario.producers.length).toBeGreaterThanOrEqual(2);
      expect(scenario.producers.length).toBeLessThanOrEqual(3);
      expect(scenario.consumers.length).toBeLessThanOrEqual(2);
      for (const { messages, delayMicros } of scenario.producers) {
        expect(messages >= 5 && messages <= 9).toBe(true);
        expect(delayMicros).toBeNull();
      }
      for (const { handler } of scenario.consumers) expect(handler.failure === 0 || (handler.failure >= 0.1 && handler.failure <= 0.2)).toBe(true);
      expect(scenario.faults.length).toBeLessThanOrEqual(4);
      for (const { fault } of scenario.faults) expect(fault).toBe('pause');
    }
  });

  it('is a file that can be read again, also with groups and deduplication', () => {
    const grouped = aProducer({ queue: 'orders.fifo', groups: { name: 'group', count: 3, choice: 'round-robin' }, deduplication: 'id', keepsGroupOrder: true });
    const fifo = aScenario({ queues: [aQueue('orders.fifo', { kind: 'fifo' })], producers: [grouped], consumers: [aConsumer('consumer', { queue: 'orders.fifo' })] });
    for (const scenario of [fifo, withDeadLetters]) {
      for (const run of drawn(30, strategy, scenario)) {
        const text = scenarioYaml(run.scenario);
        expect(() => parseScenario(new Source('drawn.yaml', text), { sha256: '', overrides: [], readTrace: noTrace })).not.toThrow();
      }
    }
  });

  it.each(BUNDLED)('of %s is a file that can be read again', (file) => {
    for (const { scenario } of drawn(6, strategy, loadScenario(join(scenarios, file)))) {
      const source = new Source('drawn.yaml', scenarioYaml(scenario));
      expect(() => parseScenario(source, { sha256: '', overrides: [], readTrace: noTrace })).not.toThrow();
    }
  });

  it('draws what the owner of a queue may set, unless it is to leave that', () => {
    const settings = (fuzz: Partial<FuzzSpec>) => new Set(drawn(40, strategy, withDeadLetters, fuzz).flatMap(({ scenario }) => scenario.queues.map(({ isFair, maxInFlight }) => `${isFair} ${maxInFlight === 120_000}`)));
    expect([...settings({})].sort()).toEqual(['false false', 'false true', 'true false', 'true true']);
    expect([...settings({ queues: false })]).toEqual(['true true']);
  });

  it('never poisons a message that no dead-letter queue takes', () => {
    const runs = drawn(40, strategy, aScenario({ queues: [aQueue('orders')] }));
    expect(runs.every(({ scenario }) => scenario.consumers.every(({ handler }) => handler.poisonEvery === 0))).toBe(true);
  });
});

describe('swarm', () => {
  it('leaves whole families out of most runs, and every family out of some', () => {
    const runs = drawn(120).map(({ scenario }) => familiesIn(scenario));
    for (const family of ['process', 'power', 'clock', 'disk', 'network']) {
      expect(runs.filter((families) => families.has(family)).length, family).toBeGreaterThan(10);
      expect(runs.filter((families) => families.size > 0 && !families.has(family)).length, family).toBeGreaterThan(30);
    }
    expect(drawn(120, 'uniform').filter(({ scenario }) => familiesIn(scenario).size >= 4).length).toBeGreaterThan(15);
  });

  it('strikes every side, and recoveries more often than chance does', () => {
    const runs = drawn(150);
    const targets = new Set(runs.flatMap(({ scenario }) => scenario.faults.map(({ target }) => String(target).replace(/-?\d+$/, ''))));
    expect([...targets].sort()).toEqual(['broker', 'consumer', 'producer']);
    const chases = runs.filter(({ scenario: { faults } }) => faults.some((stop) =>
      (stop.fault === 'crash' || stop.fault === 'power-loss') && stop.target === 'broker'
      && faults.some((next) => next !== stop && next.target === 'broker' && next.at >= stop.at + stop.for! && next.at <= stop.at + stop.for! + 30_000)));
    expect(chases.length).toBeGreaterThan(5);
  });

  it('gives new machines names of their own', () => {
    const scenario = aScenario({ consumers: [aConsumer('worker'), aConsumer('worker-1', { queue: 'orders', concurrency: 9 })] });
    for (const { scenario: { producers, consumers } } of drawn(40, 'swarm', scenario)) {
      const names = [...producers, ...consumers].map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('never sends more than the scenario does', () => {
    const runs = drawn(40, 'swarm', aScenario({ producers: [aProducer({ messages: 3 })] }));
    expect(runs.every(({ scenario }) => scenario.producers.every(({ messages }) => messages <= 3))).toBe(true);
  });

  it('expects nothing but what the contract promises', () => {
    const expecting = aScenario({ expect: { promises: [{ invariant: 'no-phantom', verdict: 'violated', line: 1, column: 1 }], thresholds: [] } });
    expect(drawn(1, 'swarm', expecting)[0]!.scenario.expect).toEqual({ promises: [], thresholds: [] });
  });

  it('varies settings only as the scenario says', () => {
    const asked: (readonly string[])[] = [];
    const fuzz: FuzzSpec = { ...DEFAULT_FUZZ, vary: [{ path: 'broker.flush', values: ['interval', 'never'] }] };
    const scenario = { ...withDeadLetters, fuzz };
    const withSettings = (overrides: readonly string[]): Scenario => {
      asked.push(overrides);
      return { ...scenario, broker: { ...scenario.broker, flush: overrides[0] === 'broker.flush=never' ? 'never' : 'interval' } };
    };
    const search = new Search({ scenario, strategy: 'swarm', baseSeed: '1', withSettings });
    const flushes = new Set(Array.from({ length: 20 }, () => search.draw().scenario.broker.flush));
    expect([...flushes].sort()).toEqual(['always', 'interval', 'never']);
    expect(asked.every((overrides) => overrides.length === 1)).toBe(true);
  });
});
