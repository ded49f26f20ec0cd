import type { NetworkSpec } from '../model.js';
import type { MachineGroup } from './machines.js';
import type { ParsedScenario } from './schema/scenario-schema.js';

/** The regions of the file with the machines behind each name; nothing when there are none. */
export function buildRegions({ regions, routes }: ParsedScenario['network'], groups: readonly MachineGroup[]): Pick<NetworkSpec, 'regions' | 'routes'> {
  const entries = Object.entries(regions);
  if (entries.length === 0) return {};
  return { regions: entries.map(([name, value]) => ({ name, machines: machinesIn(value, groups) })), routes };
}

/** Names of machines, or of what stands for several. */
export function machinesIn(value: string | readonly string[], groups: readonly MachineGroup[]): string[] {
  const names = typeof value === 'string' ? [value] : value;
  return names.flatMap((name) => groups.find((group) => group.name === name)?.machines ?? [name]);
}
