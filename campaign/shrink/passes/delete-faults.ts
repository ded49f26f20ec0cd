import { ddmin } from '../ddmin.js';
import type { Pass } from '../pass.js';

/** One event of the schedule after the other. */
export const deleteFaults: Pass = {
  name: 'delete faults',
  run: async (scenario, attempt) => ({ ...scenario, faults: await ddmin(scenario.faults, (faults) => attempt({ ...scenario, faults })) }),
};
