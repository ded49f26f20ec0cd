import { join } from 'node:path';
import type { Scenario } from '../../scenarios/index.js';

/** Where the history of a run goes: named after scenario and seed, and apart from those of scenarios of the same name. */
export function historyNames(scenarios: readonly Scenario[], folder: string): (scenario: Scenario, seed: string) => string {
  const names = new Map<Scenario, string>();
  const taken = new Set<string>();
  for (const scenario of scenarios) {
    const plain = scenario.name.replace(/[^\w-]+/g, '-');
    let name = plain;
    for (let copy = 2; taken.has(name); copy++) name = `${plain}-${copy}`;
    taken.add(name);
    names.set(scenario, name);
  }
  return (scenario, seed) => join(folder, `${names.get(scenario) ?? 'scenario'}-seed-${seed}.jsonl`);
}
