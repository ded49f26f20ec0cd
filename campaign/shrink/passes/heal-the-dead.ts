import { ddmin } from '../ddmin.js';
import { withDead } from '../parts.js';
import type { Pass } from '../pass.js';

/** Those that stay dead when faults stop, one after the other. */
export const healTheDead: Pass = {
  name: 'heal the dead',
  run: async (scenario, attempt) => {
    const { dead = [], ...rest } = scenario;
    if (dead.length === 0) return scenario;
    return { ...rest, ...withDead(await ddmin(dead, (fewer) => attempt({ ...rest, ...withDead(fewer) }))) };
  },
};
