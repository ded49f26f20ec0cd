import { describe, expect, it } from 'vitest';
import { huntingGroundOf, sceneOf } from '../../../campaign/index.js';
import { loadScenarios } from '../../../cli/load-scenarios.js';
import { selectScenarios } from '../../../cli/select-scenarios.js';
import { MUTANTS } from '../../../engine/index.js';
import { root } from '../../cli/given.js';

describe('a hunting ground', () => {
  it.each(MUTANTS.map(({ name, invariant }) => [name, invariant] as const))('of %s is one that %s, which it breaks, concerns', async (name, invariant) => {
    const ground = huntingGroundOf(name);
    const [scenario] = await loadScenarios(await selectScenarios([ground.scenario], root), ground.set);
    expect(sceneOf(scenario!).concerns(invariant)).toBe(true);
  });
});
