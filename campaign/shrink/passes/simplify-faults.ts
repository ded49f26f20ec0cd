import type { Scenario } from '../../../scenarios/index.js';
import { FAULTS, type FaultParameter } from '../../../sim/index.js';
import { type Pass, tryFirst } from '../pass.js';
import { shorterTimes } from '../round-time.js';

/** What a fault does how often, how likely and by how much, in numbers that a person would choose. */
export const simplifyFaults: Pass = {
  name: 'simplify faults',
  run: async (scenario, attempt) => {
    let smallest = scenario;
    for (const [index, fault] of scenario.faults.entries()) {
      for (const [name, parameter] of Object.entries(FAULTS.get(fault.fault)?.parameters ?? {})) {
        const now = fault[name];
        if (typeof now !== 'number') continue;
        const start = smallest;
        smallest = await tryFirst(start, simplerThan(now, parameter).map((value) => withParameter(start, index, name, value)), attempt);
      }
    }
    return smallest;
  },
};

const withParameter = (scenario: Scenario, at: number, name: string, value: number): Scenario =>
  ({ ...scenario, faults: scenario.faults.map((fault, index) => (index === at ? { ...fault, [name]: value } : fault)) });

/** The simplest first, what need not be said before all: whatever fails with one needs no other. */
function simplerThan(now: number, parameter: FaultParameter): number[] {
  const { default: unsaid, min = -Infinity, max = Infinity } = parameter;
  const values = [...(typeof unsaid === 'number' ? [unsaid] : []), ...simplerValues(parameter, now)].filter((value) => value >= min && value <= max);
  const known = values.indexOf(now);
  return known === -1 ? values : values.slice(0, known);
}

function simplerValues({ unit, min = 0 }: FaultParameter, now: number): number[] {
  switch (unit) {
    case 'count':
      return [1, 2, 3, now >> 2, now >> 1, now].filter((value) => value >= 1 && value <= now);
    case 'probability':
      return [1, 0.5, rounded(now, 1), rounded(now, 2), now];
    case 'duration':
      return [...shorterTimes(now, min), now];
    case 'factor':
    case 'ppm':
      return [rounded(now, 1), rounded(now, 2), now];
    default:
      return [now];
  }
}

const rounded = (value: number, digits: number): number => Number(value.toPrecision(digits));
