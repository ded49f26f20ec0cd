import { basename, dirname, isAbsolute, join } from 'node:path';
import type { CheckResult } from '../campaign/index.js';

/** The check with its histories named as files of this folder. */
export const withHistoriesIn = (folder: string, check: CheckResult): CheckResult => withHistories(check, (history) => join(folder, basename(history)));

/** The check that a file holds: what it names from its own folder is named from where that file was named from. */
export const withHistoriesBeside = (file: string, check: CheckResult): CheckResult =>
  withHistories(check, (history) => (isAbsolute(history) ? history : join(dirname(file), history)));

function withHistories(check: CheckResult, named: (history: string) => string): CheckResult {
  const scenarios = check.scenarios.map((scenario) => ({
    ...scenario,
    runs: scenario.runs.map((run) => (run.history === null ? run : { ...run, history: named(run.history) })),
  }));
  return { ...check, scenarios };
}
