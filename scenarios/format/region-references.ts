import type { MachineGroup } from './machines.js';
import { nearest } from './nearest.js';
import type { Path } from './node-at.js';
import { quoted } from './printable.js';
import { asList, asRecord, asText } from './raw.js';
import type { Report } from './report.js';
import { machinesIn } from './regions.js';

/** Whether regions hold machines that are there, each in one of them, and whether it is known how far they are apart. */
export function checkRegions(raw: unknown, groups: readonly MachineGroup[], report: Report): void {
  const network = asRecord(asRecord(raw)['network']);
  const regions = asRecord(network['regions']);
  checkMembers(regions, groups, report);
  checkRoutes(asList(network['routes']), Object.keys(regions), report);
}

function checkMembers(regions: Readonly<Record<string, unknown>>, groups: readonly MachineGroup[], report: Report): void {
  const known = new Set(groups.flatMap(({ name, machines }) => [name, ...machines]));
  const isKnown = (name: string): boolean => known.has(name) || groups.some((group) => !group.isCounted && name.startsWith(`${group.name}-`));
  const owners = new Map<string, string>();
  for (const [region, value] of Object.entries(regions)) {
    for (const { name, path } of namesIn(value, ['network', 'regions', region])) {
      if (!isKnown(name)) {
        report(path, 'value', { code: 'QL_SCENARIO_UNKNOWN_TARGET', message: `There is no machine ${quoted(name)}.`, expected: `one of ${[...known].join(', ')}`, nearest: nearest(name, known) });
      }
      const taken = machinesIn(name, groups).find((machine) => owners.has(machine));
      if (taken !== undefined) {
        report(path, 'value', { code: 'QL_SCENARIO_CONFLICT', message: `${quoted(taken)} is already in the region ${quoted(owners.get(taken) ?? '')}.`, expected: 'each machine in one region at most' });
      }
      for (const machine of machinesIn(name, groups)) owners.set(machine, region);
    }
  }
}

function namesIn(value: unknown, path: Path): { readonly name: string; readonly path: Path }[] {
  const items: { readonly item: unknown; readonly path: Path }[] = Array.isArray(value)
    ? value.map((item: unknown, index) => ({ item, path: [...path, index] }))
    : [{ item: value, path }];
  return items.flatMap(({ item, path: at }) => {
    const name = asText(item);
    return name === null ? [] : [{ name, path: at }];
  });
}

const pairOf = (one: string, other: string): string => [one, other].sort().join(' and ');

function checkRoutes(routes: readonly unknown[], regions: readonly string[], report: Report): void {
  const said = new Set<string>();
  for (const [index, route] of routes.entries()) {
    const ends = asList(asRecord(route)['between']).map(asText);
    for (const [end, name] of ends.entries()) {
      if (name === null || regions.includes(name)) continue;
      const expected = regions.length === 0 ? 'a region under `network.regions`' : `one of ${regions.join(', ')}`;
      report(['network', 'routes', index, 'between', end], 'value', { code: 'QL_SCENARIO_UNKNOWN_REGION', message: `There is no region ${quoted(name)}.`, expected, nearest: nearest(name, regions) });
    }
    const [one, other] = ends;
    if (typeof one !== 'string' || typeof other !== 'string') continue;
    const pair = pairOf(one, other);
    if (said.has(pair)) report(['network', 'routes', index, 'between'], 'value', { code: 'QL_SCENARIO_CONFLICT', message: `The route between ${pair} is there twice.`, expected: 'one entry for each pair of regions' });
    said.add(pair);
  }
  const missing = regions.flatMap((one, index) => regions.slice(index + 1).map((other) => pairOf(one, other))).filter((pair) => !said.has(pair));
  if (missing.length > 0) {
    report(['network', 'routes'], 'around', {
      code: 'QL_SCENARIO_MISSING_KEY', message: `It is not said how far it is between ${missing.slice(0, 3).join(', between ')}${missing.length > 3 ? ' and others' : ''}.`,
      expected: 'an entry under `network.routes` such as `{ between: [eu, us], latency: 40ms }`',
    });
  }
}
