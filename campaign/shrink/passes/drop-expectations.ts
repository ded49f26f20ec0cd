import { type Pass, tryFirst } from '../pass.js';

/** Of what the scenario expects, all but the promise that is broken. */
export const dropExpectations: Pass = {
  name: 'drop expectations',
  run: (scenario, attempt) => {
    const { promises } = scenario.expect;
    const broken = promises.filter(({ verdict }) => verdict === 'holds');
    return tryFirst(scenario, broken.length === promises.length ? [] : [{ ...scenario, expect: { ...scenario.expect, promises: broken } }], attempt);
  },
};
