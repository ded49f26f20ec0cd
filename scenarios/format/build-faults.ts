import { FAULT_KINDS, type FaultSpec, type FaultValue } from '../../sim/index.js';
import type { MachineGroup } from './machines.js';

/** Faults as the world takes them: a name with a `count` becomes the machines that it numbers. */
export function buildFaults(faults: readonly FaultSpec[], groups: readonly MachineGroup[]): FaultSpec[] {
  return faults.map((fault) => {
    const keys = ['target', ...machineParameters(fault.fault)].filter((key) => fault[key] !== undefined);
    return { ...fault, ...Object.fromEntries(keys.map((key) => [key, expandMachines(fault[key] as FaultValue, groups)])) };
  });
}

/** The parameters of a kind that name machines. */
export function machineParameters(kind: string): string[] {
  return Object.entries(FAULT_KINDS.get(kind)?.parameters ?? {}).filter(([, { unit }]) => unit === 'machines').map(([name]) => name);
}

function expandMachines(value: FaultValue, groups: readonly MachineGroup[]): FaultValue {
  const names = (Array.isArray(value) ? value : [value]) as readonly string[];
  const machines = names.flatMap((name) => groups.find((group) => group.name === name)?.machines ?? [name]);
  return machines.length === 1 && typeof value === 'string' ? (machines[0] as string) : machines;
}
