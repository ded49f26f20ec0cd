import type { Scenario } from '../../../scenarios/index.js';
import { ddmin } from '../ddmin.js';
import { withoutMachines } from '../parts.js';
import { attemptAimed, type Pass } from '../pass.js';

/** Producers and consumers, with the faults that strike no other machine. */
export const removeMachines: Pass = {
  name: 'remove machines',
  run: async (scenario, attempt, lead) => {
    let base = scenario;
    const names = [...scenario.producers, ...scenario.consumers].map(({ name }) => name);
    const kept = await ddmin(names, async (fewer) => {
      const move = await attemptAimed(keeping(base, fewer), attempt, lead);
      if (move !== null) base = move(base);
      return move !== null;
    });
    return kept.length === names.length ? scenario : keeping(base, kept);
  },
};

function keeping(scenario: Scenario, names: readonly string[]): Scenario {
  const { broker } = scenario;
  return withoutMachines(scenario, (name) => name !== broker.name && !names.includes(name));
}
