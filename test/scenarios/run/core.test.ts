import { describe, expect, it } from 'vitest';
import { makeExplicit, runScenario, scenarioYaml } from '../../../scenarios/index.js';
import { parse } from '../format/given.js';
import { aConsumer, aProducer, aScenario, constant, MILLISECOND, MINUTE, SECOND } from '../a-scenario.js';

const consumers = ['consumer-1', 'consumer-2', 'consumer-3', 'consumer-4', 'consumer-5'].map((name) =>
  aConsumer(name, { concurrency: 2, handler: { kind: 'idempotent', time: constant(100 * MILLISECOND) } }));

/** Producers are cut short by the end, consumers hold leases, and some of them are in the middle of a fault. */
const core = (seed: string, settings: Parameters<typeof aScenario>[0] = {}) => aScenario({
  seed, heal: 'core', durationMicros: 8 * SECOND, drainMicros: 5 * MINUTE, stopWhenDone: false, consumers,
  producers: [aProducer({ name: 'producer-1' }), aProducer({ name: 'producer-2' }), aProducer({ name: 'producer-3' })],
  faults: [
    { at: 6 * SECOND, fault: 'crash', target: 'consumer-1', for: 5 * SECOND },
    { at: 7 * SECOND, fault: 'power-loss', target: 'broker', for: 5 * SECOND },
    { at: 7 * SECOND, fault: 'pause', target: 'producer-1' },
  ],
  ...settings,
});

const SEEDS = ['1', '2', '3', '4'];

describe('heal: core', () => {
  it('leaves a minority of each role dead for good, never the broker, and what the dead held is handled by the others', () => {
    const died = new Set<string>();
    for (const seed of SEEDS) {
      const { run, verdicts, schedule } = runScenario(core(seed));
      expect(run.stuck).toEqual([]);
      expect(run.drained).toBe(true);
      expect(run.dead?.filter((name) => name.startsWith('consumer')).length).toBe(2);
      expect(run.dead?.filter((name) => name.startsWith('producer')).length).toBe(1);
      expect(run.dead).not.toContain('broker');
      expect(verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
      expect(verdicts.find(({ invariant }) => invariant === 'drains')).toMatchObject({ verdict: 'holds' });
      // The schedule is the scenario's own: how the run ends is drawn again when it is replayed.
      expect(schedule.length).toBe(3);
      for (const name of run.dead ?? []) died.add(name);
    }
    expect(died.size).toBeGreaterThan(4);
  });

  it('leaves those dead that the scenario names, and no others', () => {
    const { run, verdicts } = runScenario(core('1', { dead: [{ machine: 'consumer-3', fault: 'pause' }, { machine: 'producer-2', fault: 'network-partition' }] }));
    expect(run.dead).toEqual(['consumer-3', 'producer-2']);
    expect(run.drained).toBe(true);
    expect(verdicts.filter(({ verdict }) => verdict === 'violated')).toEqual([]);
  });

  it('is written out with who stays dead, so that the run stays as it is whatever is drawn elsewhere', () => {
    for (const seed of SEEDS) {
      const { scenario, original } = makeExplicit(core(seed));
      expect(scenario.dead?.map(({ machine }) => machine)).toEqual(original.run.dead);
      expect(runScenario(parse(scenarioYaml(scenario))).fingerprint).toBe(original.fingerprint);
      const rest = { ...scenario, producers: scenario.producers.filter(({ name }) => name !== 'producer-1'), faults: [], dead: scenario.dead!.filter(({ machine }) => machine !== 'producer-1') };
      expect(runScenario(rest).run.dead).toEqual(original.run.dead?.filter((name) => name !== 'producer-1'));
    }
    expect(makeExplicit(core('1', { producers: [aProducer()], consumers: [aConsumer('one')], faults: [] })).scenario).toMatchObject({ heal: 'all' });
  });

  it('is the same for the same seed, and leaving a machine out changes no other draw', () => {
    expect(runScenario(core('7')).fingerprint).toBe(runScenario(core('7')).fingerprint);
    const rest = (names: readonly string[] = []): readonly string[] => names.filter((name) => name.startsWith('consumer'));
    const one = runScenario(core('7', { producers: [aProducer({ name: 'producer-1' })] })).run.dead;
    expect(rest(one)).toEqual(rest(runScenario(core('7')).run.dead));
    expect(one).not.toContain('producer-1');
  });

  it('still convicts a core that makes no progress', () => {
    const stuck = core('1', {
      producers: [aProducer()],
      faults: consumers.map(({ name }) => ({ at: 4 * SECOND, fault: 'connection-reset', target: name })),
    });
    const verdict = runScenario(stuck, { mutants: ['poll-lost-for-good'] }).verdicts.find(({ invariant }) => invariant === 'drains');
    expect(verdict).toMatchObject({ verdict: 'violated' });
  });

  it('heals everything unless it is asked for', () => {
    const { run } = runScenario(core('1', { heal: 'all' }));
    expect(run.dead).toBeUndefined();
    expect(run.drained).toBe(true);
  });
});
