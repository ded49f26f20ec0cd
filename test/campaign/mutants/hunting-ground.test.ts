import { describe, expect, it } from 'vitest';
import { huntingGroundOf, sceneOf } from '../../../campaign/index.js';
import { loadScenarios } from '../../../cli/load-scenarios.js';
import { selectScenarios } from '../../../cli/select-scenarios.js';
import { MUTANTS } from '../../../engine/index.js';
import { root } from '../../cli/given.js';

/** Priorities, a single active consumer, exchanges for dead letters and a memory limit: no scenario that comes with queuelab has them to be fuzzed. */
const WITHOUT_GROUND = ['lower-priority-first', 'two-active-consumers', 'deaths-appended', 'dead-letter-cycle-kept', 'dropped-when-blocked'];
const hunted = MUTANTS.filter(({ name }) => !WITHOUT_GROUND.includes(name));

describe('a hunting ground', () => {
  it.each(hunted.map(({ name, invariant }) => [name, invariant] as const))('of %s is one that %s, which it breaks, concerns', async (name, invariant) => {
    const ground = huntingGroundOf(name);
    const [scenario] = await loadScenarios(await selectScenarios([ground.scenario], root), ground.set);
    expect(sceneOf(scenario!).concerns(invariant)).toBe(true);
  });
});
