import { FAULTS, type FaultSpec, type FaultValue } from '../../sim/index.js';
import type { Scenario } from '../model.js';

/** The same fault without what is so by default. The explicit schedule of a run says everything; a file for people does not. */
export function terseFault(fault: FaultSpec, machineNames: readonly string[]): FaultSpec {
  const parameters = FAULTS.get(fault.fault)?.parameters ?? {};
  const isDefault = (key: string, value: FaultValue | undefined): boolean => {
    const parameter = parameters[key];
    if (parameter === undefined) return false;
    return parameter.unit === 'machines' ? isEveryOther(value, fault, machineNames) : value === parameter.default;
  };
  return Object.fromEntries(Object.entries(fault).filter(([key, value]) => !isDefault(key, value))) as unknown as FaultSpec;
}

/** Links to all machines that are not targets are what a fault without `peers` strikes. */
function isEveryOther(value: FaultValue | undefined, { target }: FaultSpec, machineNames: readonly string[]): boolean {
  if (!Array.isArray(value)) return false;
  const targets = typeof target === 'string' ? [target] : target;
  const others = machineNames.filter((name) => !targets.includes(name));
  return others.length === value.length && others.every((name, index) => name === value[index]);
}

/** The explicit schedule of a run as a scenario file says it. */
export function terseSchedule(schedule: readonly FaultSpec[], scenario: Scenario): FaultSpec[] {
  const names = machineNamesOf(scenario);
  return schedule.map((fault) => terseFault(fault, names));
}

/** In the order in which the world has them. */
export const machineNamesOf = ({ broker, producers, consumers }: Scenario): string[] =>
  [broker, ...producers, ...consumers].map(({ name }) => name);
