import type { Problem, Scenario, ScenarioError } from '../scenarios/index.js';
import { bundledScenarios } from './bundled.js';
import { UserError } from './errors.js';
import { EXIT_CODES } from './exit-codes.js';
import type { SelectedScenario } from './select-scenarios.js';

/**
 * Reads all scenarios before the first is run, and tells the mistakes of all.
 *
 * @throws UserError
 */
export async function loadScenarios(selected: readonly SelectedScenario[], overrides: readonly string[]): Promise<Scenario[]> {
  const { ScenarioError, loadScenario, nearest } = await import('../scenarios/index.js');
  const scenarios: Scenario[] = [];
  const errors: ScenarioError[] = [];
  for (const { path, name } of selected) {
    try {
      scenarios.push(loadScenario(path, { name, overrides }));
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      errors.push(error);
    }
  }
  if (errors.length === 0) return scenarios;
  throw invalid(errors, selected.length, nearest);
}

type Nearest = (word: string, candidates: Iterable<string>) => string | null;

/** A mistake in `--set` is one of the command line and is the same for every file: it is told once. */
function invalid(errors: readonly ScenarioError[], files: number, nearest: Nearest): UserError {
  const isOfCommandLine = errors.every(({ problems }) => problems.every(isOverride));
  const texts = new Set(errors.map((error) => `${error.message}${bundledHint(error, nearest)}`));
  const head = isOfCommandLine
    ? 'the settings of --set cannot be applied; nothing was run.'
    : `${errors.length} of ${files} scenario ${files === 1 ? 'file' : 'files'} cannot be used; nothing was run.`;
  const exitCode = isOfCommandLine ? EXIT_CODES.usage : EXIT_CODES.invalidScenario;
  return new UserError(isOfCommandLine ? 'QL_CLI_SET' : 'QL_CLI_SCENARIO', [head, ...texts].join('\n\n'), exitCode);
}

const isOverride = ({ place }: Problem): boolean => place?.source.name === '--set';

function bundledHint({ code, file }: ScenarioError, nearest: Nearest): string {
  if (code !== 'QL_SCENARIO_NOT_FOUND') return '';
  const near = nearest(file.replace(/\.ya?ml$/, ''), bundledScenarios().map(({ name }) => name));
  return near === null ? '' : `\n  Did you mean "${near}", which comes with queuelab?`;
}
