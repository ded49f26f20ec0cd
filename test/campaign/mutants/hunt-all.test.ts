import { describe, expect, it } from 'vitest';
import { huntAll, type HuntTask } from '../../../campaign/index.js';
import { DEFAULT_FUZZ } from '../../../scenarios/index.js';
import { aConsumer, aProducer, aScenario, constant } from '../../scenarios/a-scenario.js';

const scenario = aScenario({ producers: [aProducer({ messages: 20 })], consumers: [aConsumer('consumer-1')] });
const task: HuntTask = { mutant: 'scribble-body', invariant: 'no-phantom', scenario, beyondContract: false, strategy: 'uniform', baseSeed: '1', maxRuns: 20 };
/** More settings than a small worker can hold. */
const settings = Array.from({ length: 1_000_000 }, (_, index) => ({ path: `setting.${index}`, value: String(index), isDefault: false }));
const hungry: HuntTask = { ...task, baseSeed: '2', scenario: { ...scenario, settings } };

/** Runs that take much longer than the moment they are given, and a hunt that takes no run. */
const slow: HuntTask = {
  ...task, baseSeed: '3', maxRuns: 1_000, mutant: 'torn-tail-accepted',
  scenario: { ...scenario, producers: [aProducer({ messages: 100_000, interval: constant(1_000) })], fuzz: { ...DEFAULT_FUZZ, messages: { least: 100_000, most: 100_000 } } },
};
const nothing: HuntTask = { ...task, maxRuns: 0 };

describe('many hunts', { timeout: 60_000 }, () => {
  it('lose no more than the one with a run that does not end', async () => {
    const outcomes = await huntAll([nothing, slow, nothing], { workers: 1, runMillis: 100 });
    expect(outcomes.map((outcome) => outcome?.fault === null)).toEqual([true, false, true]);
    expect(outcomes[1]?.fault).toBe('the hunt with base seed 3 came to nothing: a run of it did not end');
  });

  it('lose no more than the one whose worker dies', async () => {
    const outcomes = await huntAll([task, hungry, task, task], { workers: 2, memoryMiB: 64 });
    expect(outcomes.map((outcome) => outcome?.found)).toEqual([true, false, true, true]);
    expect(outcomes[1]?.fault).toBe('the hunt with base seed 2 came to nothing: its worker ran out of memory');
  });

  it('take what breaks one promise alone, when that is asked for', async () => {
    const [alone, other] = await huntAll([{ ...task, alone: true }, { ...task, alone: true, invariant: 'count-exact', maxRuns: 5 }], { workers: 1 });
    expect(alone).toMatchObject({ found: true, violated: ['no-phantom'] });
    expect(other).toMatchObject({ found: false, runs: 5, fault: null });
  });

  it('end at once when they are interrupted, and keep what was over', async () => {
    const controller = new AbortController();
    const outcomes = await huntAll([nothing, { ...slow, maxRuns: 1_000_000 }, nothing], { workers: 1, signal: controller.signal, onOutcome: () => setTimeout(() => controller.abort(), 100) });
    expect(outcomes.map((outcome) => outcome?.fault)).toEqual([null, undefined, undefined]);
    expect(await huntAll([task], { workers: 1, signal: controller.signal })).toEqual([null]);
  });
});
