import type { RunResult, Scenario } from '../scenarios/index.js';
import { UserError } from './errors.js';
import { EXIT_CODES } from './exit-codes.js';
import { loadScenarios } from './load-scenarios.js';
import { selectScenarios } from './select-scenarios.js';

/** What of a result says which scenario it came from. */
type FromScenario = { readonly scenario: Pick<RunResult['scenario'], 'file' | 'sha256'> & { readonly text?: string | undefined; readonly traces?: Readonly<Record<string, string>> | undefined; readonly overrides?: readonly string[] | undefined }; readonly replay: string };

/**
 * The scenario that a result came from: as the result carries it, for its file may have changed since; else from the file, if it is
 * still the same.
 *
 * @throws UserError when it is neither here nor there
 */
export async function scenarioOfResult(result: FromScenario, cwd: string): Promise<Scenario> {
  const { text, file, traces = {} } = result.scenario;
  return (text === undefined ? null : await fromText(text, { file, traces })) ?? fromFile(result, cwd);
}

/** The scenario that a result carries; null when another version wrote it that this one cannot read. */
async function fromText(text: string, { file, traces }: { readonly file: string; readonly traces: Readonly<Record<string, string>> }): Promise<Scenario | null> {
  const { scenarioOf } = await import('../campaign/index.js');
  try {
    return scenarioOf(text, { name: file, traces });
  } catch (error) {
    if ((error as Error).name === 'ScenarioError') return null;
    throw error;
  }
}

async function fromFile({ scenario: { file, sha256, overrides }, replay }: FromScenario, cwd: string): Promise<Scenario> {
  const [scenario] = await loadScenarios(await selectScenarios([file], cwd), overrides ?? overridesIn(replay));
  if (scenario !== undefined && (sha256 === '' || scenario.sha256 === sha256)) return scenario;
  throw new UserError(
    'QL_CLI_SCENARIO_CHANGED',
    `${file} is not the scenario that this result came from: it was changed since (SHA-256 ${sha256.slice(0, 12)}… then, ${scenario?.sha256.slice(0, 12) ?? ''}… now). Put the old file back, or run the scenario again: with --trace on, JSON results keep their history.`,
    EXIT_CODES.invalidScenario,
  );
}

/** The settings that a replay command changes, of results that do not say so themselves. */
const overridesIn = (replay: string): string[] =>
  Array.from(replay.matchAll(/ --set ('(?:[^']|'\\'')*'|\S+)/g), ([, text = '']) => text.replace(/^'|'$/g, '').replaceAll("'\\''", "'"));
