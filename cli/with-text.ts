import type { RunResult, Scenario } from '../scenarios/index.js';

/** Characters of a scenario that a result takes along. */
const MAX_TEXT = 64 * 1024;

/** A result that can be replayed where its file is not: with the text of its scenario, unless that is long. */
export async function withText(result: RunResult, scenario: Scenario): Promise<RunResult> {
  const { scenarioYaml } = await import('../scenarios/index.js');
  const text = scenarioYaml(scenario);
  return text.length > MAX_TEXT ? result : { ...result, scenario: { ...result.scenario, text } };
}
