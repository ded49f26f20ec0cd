import type { Scenario } from '../../scenarios/index.js';

const INFINITE = 'Infinity';

/** Scenarios as JSON, which has no word for infinity. */
export function scenariosToJson(scenarios: readonly Scenario[]): string {
  return JSON.stringify(scenarios, (_key, value: unknown) => (value === Infinity ? INFINITE : value));
}

export function reviveScenarios(json: string): Scenario[] {
  return JSON.parse(json, (_key, value: unknown) => (value === INFINITE ? Infinity : value)) as Scenario[];
}
