import type { Scenario } from '../../../scenarios/index.js';
import { FAULTS, type FaultParameter, type FaultSpec } from '../../../sim/index.js';
import { type Pass, tryEach } from '../pass.js';
import { shorterTimes } from '../round-time.js';

/** A number that a fault is given, and what it might be instead. */
interface Simpler {
  readonly fault: number;
  readonly parameter: string;
  readonly value: number;
}

/** What a fault does how often, how likely and by how much, in numbers that a person would choose. */
export const simplifyFaults: Pass = {
  name: 'simplify faults',
  run: (scenario, attempt) => {
    const done = new Set<string>();
    return tryEach(scenario, simplerOf(scenario), async (candidate) => {
      const isSmaller = await attempt(candidate);
      if (isSmaller) for (const name of changedIn(scenario, candidate)) done.add(name);
      return isSmaller;
    }, (smallest, { fault, parameter, value }) => (done.has(nameOf(fault, parameter)) ? null : withParameter(smallest, fault, parameter, value)));
  },
};

const nameOf = (fault: number, parameter: string): string => `${fault} ${parameter}`;

function changedIn({ faults }: Scenario, other: Scenario): string[] {
  return faults.flatMap((fault, index) => parametersOf(fault).filter(([name]) => fault[name] !== other.faults[index]![name]).map(([name]) => nameOf(index, name)));
}

const withParameter = (scenario: Scenario, at: number, parameter: string, value: number): Scenario =>
  ({ ...scenario, faults: scenario.faults.map((fault, index) => (index === at ? { ...fault, [parameter]: value } : fault)) });

const parametersOf = (fault: FaultSpec): [string, FaultParameter][] =>
  Object.entries(FAULTS.get(fault.fault)?.parameters ?? {}).filter(([name]) => typeof fault[name] === 'number');

/** The simplest first: whatever fails with one needs no other. */
function* simplerOf({ faults }: Scenario): Generator<Simpler> {
  for (const [index, fault] of faults.entries()) {
    for (const [parameter, definition] of parametersOf(fault)) {
      const now = fault[parameter] as number;
      const { min = -Infinity, max = Infinity } = definition;
      const values = [...defaultOf(definition), ...simplerValues(definition, now)].filter((value) => value >= min && value <= max);
      const known = values.indexOf(now);
      for (const value of known === -1 ? values : values.slice(0, known)) yield { fault: index, parameter, value };
    }
  }
}

/** What need not be said. */
const defaultOf = ({ default: value }: FaultParameter): number[] => (typeof value === 'number' ? [value] : []);

function simplerValues({ unit, min = 0 }: FaultParameter, now: number): number[] {
  switch (unit) {
    case 'count':
      return [1, 2, 3, now >> 2, now >> 1].filter((value, index) => index < 1 || value > 1).filter((value) => value < now).concat(now);
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
