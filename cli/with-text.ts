import type { RunResult, Scenario } from '../scenarios/index.js';

/** Characters of a scenario and its traces that a result takes along. */
const MAX_TEXT = 64 * 1024;

/** A result that can be replayed where its file is not: with the text of its scenario and the values of its traces, unless that is long. */
export async function withText(result: RunResult, scenario: Scenario): Promise<RunResult> {
  const { scenarioYaml, tracesOf } = await import('../scenarios/index.js');
  const text = scenarioYaml(scenario);
  const traces = tracesOf(scenario);
  const values = Object.values(traces);
  if (values.reduce((length, trace) => length + trace.length, text.length) > MAX_TEXT) return result;
  return { ...result, scenario: { ...result.scenario, text, ...(values.length === 0 ? {} : { traces }) } };
}
