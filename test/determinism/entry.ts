/** What is bundled for other engines: the runner and the core rooms, and nothing of Node. */
import type { Scenario } from '../../scenarios/index.js';
import { judgeScenario } from '../../scenarios/run/index.js';

/** The fingerprint of each scenario, in order. */
export function fingerprintsOf(scenarios: readonly Scenario[]): string[] {
  return scenarios.map((scenario) => judgeScenario(scenario).fingerprint);
}
