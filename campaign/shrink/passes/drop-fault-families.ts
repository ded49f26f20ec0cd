import { FAULTS } from '../../../sim/index.js';
import { type Pass, tryEach, tryFirst } from '../pass.js';

const familyOf = (kind: string): string => FAULTS.get(kind)?.family ?? kind;

/** All faults, then all of one family, then all of one kind. */
export const dropFaultFamilies: Pass = {
  name: 'drop families of faults',
  run: async (scenario, attempt) => {
    if (scenario.faults.length === 0) return scenario;
    const without = await tryFirst(scenario, [{ ...scenario, faults: [] }], attempt);
    if (without !== scenario) return without;
    const words = new Set(scenario.faults.flatMap(({ fault }) => [familyOf(fault), fault]));
    return tryEach(scenario, words, attempt, (smallest, word) => {
      const faults = smallest.faults.filter(({ fault }) => fault !== word && familyOf(fault) !== word);
      return faults.length === smallest.faults.length || faults.length === 0 ? null : { ...smallest, faults };
    });
  },
};
