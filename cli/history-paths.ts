import { basename, dirname, isAbsolute, join } from 'node:path';
import type { CheckedRun, CheckResult } from '../campaign/index.js';

/** The run with its history named as a file of this folder. */
export const withHistoryIn = (folder: string, run: CheckedRun): CheckedRun => withHistory(run, (history) => join(folder, basename(history)));

/** The check with its histories named as files of this folder. */
export const withHistoriesIn = (folder: string, check: CheckResult): CheckResult => withHistories(check, (run) => withHistoryIn(folder, run));

/** The check that a file holds: what it names from its own folder is named from where that file was named from. */
export const withHistoriesBeside = (file: string, check: CheckResult): CheckResult =>
  withHistories(check, (run) => withHistory(run, (history) => (isAbsolute(history) ? history : join(dirname(file), history))));

const withHistory = (run: CheckedRun, named: (history: string) => string): CheckedRun => (run.history === null ? run : { ...run, history: named(run.history) });

const withHistories = (check: CheckResult, named: (run: CheckedRun) => CheckedRun): CheckResult =>
  ({ ...check, scenarios: check.scenarios.map((scenario) => ({ ...scenario, runs: scenario.runs.map(named) })) });
