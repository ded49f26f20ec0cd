import { join } from 'node:path';
import type { Scenario } from '../../scenarios/index.js';

/** Where a file about a run goes, such as its history: named after scenario and seed, and apart from those of scenarios of the same name. */
export function runFileNames(scenarios: readonly Scenario[], folder: string, ending: string): (scenario: Scenario, seed: string) => string {
  const names = new Map<Scenario, string>();
  const taken = new Set<string>();
  for (const scenario of scenarios) {
    const plain = scenario.name.replace(/[^\w-]+/g, '-');
    let name = plain;
    for (let copy = 2; taken.has(name); copy++) name = `${plain}-${copy}`;
    taken.add(name);
    names.set(scenario, name);
  }
  return (scenario, seed) => join(folder, `${names.get(scenario) ?? 'scenario'}-seed-${fileSafe(seed)}.${ending}`);
}

/** A seed may be any text. */
const fileSafe = (seed: string): string => encodeURIComponent(seed).replaceAll('*', '%2A').slice(0, 100);
