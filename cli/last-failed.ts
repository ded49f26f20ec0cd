import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CheckPlan, CheckResult, FailedRun, PlannedRun } from '../campaign/index.js';
import { systemReason } from '../reports/index.js';
import type { CheckArguments } from './check-arguments.js';
import type { CommandContext } from './commands/command.js';
import { cannotWrite, NothingSelectedError, UserError } from './errors.js';
import { loadScenarios } from './load-scenarios.js';
import { selectScenarios, type SelectedScenario } from './select-scenarios.js';

const FILE = 'last-failed.json';
/** Folder for what a check keeps when `--out` names none. */
export const DEFAULT_FOLDER = '.queuelab';

/** Thrown when the file of failed runs cannot be used. */
class LastFailedFileError extends UserError {
  constructor(file: string, reason: string) {
    super('QL_CLI_LAST_FAILED', `${file} cannot be used: ${reason}`);
    this.name = 'LastFailedFileError';
  }
}

const fileIn = (out: string | undefined): string => join(out ?? DEFAULT_FOLDER, FILE);

/** What a check is to do. */
export interface Planned {
  readonly plan: CheckPlan;
  /** Files of its scenarios. */
  readonly paths: readonly string[];
  /** What failed in the last check, also what is not of the plan; empty unless that is asked for. */
  readonly earlier: readonly FailedRun[];
}

/**
 * The runs that failed in the last check: those of the scenarios named, or all.
 *
 * @throws LastFailedFileError
 * @throws NothingSelectedError when nothing failed, or nothing of these
 */
export async function planLastFailed(args: CheckArguments, context: CommandContext): Promise<Planned> {
  const { planRuns } = await import('../campaign/index.js');
  const named = (args.files ?? []).length === 0 ? null : new Set(await placesOf(args.files ?? [], context));
  const earlier = await read(fileIn(args.out), context);
  const isNamed = async (file: string): Promise<boolean> => named === null || (await placesOf([file], context)).some((place) => named.has(place));
  const files = new Map<string, boolean>();
  for (const { file } of earlier) if (!files.has(file)) files.set(file, await isNamed(file));
  const failed = earlier.filter(({ file }) => files.get(file));
  if (failed.length === 0) throw new NothingSelectedError(`Nothing failed ${named === null ? '' : 'of these scenarios '}in the last check, so there is nothing to run again.`);
  const runs: PlannedRun[] = [];
  const paths: string[] = [];
  for (const group of groupsOf(failed, args.set)) {
    const selected = await selectScenarios([group.file], context.cwd);
    const [scenario] = await loadScenarios(selected, group.overrides);
    paths.push(...selected.map(({ path }: SelectedScenario) => path));
    if (scenario !== undefined) runs.push(...group.seeds.map((seed) => ({ scenario, seed })));
  }
  return { plan: planRuns(runs, 'the failed ones of last time'), paths, earlier };
}

/** Where scenarios lie, however they are written: `./one.yaml` is `one.yaml`. */
const placesOf = async (patterns: readonly string[], { cwd }: CommandContext): Promise<string[]> =>
  (await selectScenarios(patterns, cwd)).map(({ path }) => (existsSync(path) ? realpathSync(path) : path));

interface Group {
  readonly file: string;
  readonly overrides: readonly string[];
  readonly seeds: string[];
}

/** Failed runs by scenario; `--set` takes the place of the settings they had. */
function groupsOf(failed: readonly FailedRun[], set: readonly string[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { file, overrides: own, seed } of failed) {
    const overrides = set.length > 0 ? set : own;
    const key = JSON.stringify([file, overrides]);
    const group = groups.get(key) ?? { file, overrides, seeds: [] };
    group.seeds.push(seed);
    groups.set(key, group);
  }
  return [...groups.values()];
}

async function read(file: string, { cwd }: CommandContext): Promise<FailedRun[]> {
  const { LastFailedError, readLastFailed } = await import('../campaign/index.js');
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new NothingSelectedError(`There is no ${file}: no check has failed here yet, so there is nothing to run again. Of a check with --out, say that folder again.`);
  try {
    return readLastFailed(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof LastFailedError) throw new LastFailedFileError(file, error.message);
    const reason = systemReason(error);
    throw reason === null ? error : new LastFailedFileError(file, `${reason}.`);
  }
}

/** What is remembered so far; nothing when the file is not there or no such file, for a check that ran is not lost for that. */
async function known(file: string, context: CommandContext): Promise<FailedRun[]> {
  try {
    return await read(file, context);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/**
 * Remembers what failed, and what failed `earlier` and was not run again. Shards may share a folder: one keeps what others of them
 * left there. A check in which nothing failed leaves no new folder behind.
 */
export async function keepLastFailed(check: CheckResult, earlier: readonly FailedRun[], out: string | undefined, context: CommandContext): Promise<void> {
  const { lastFailedText } = await import('../campaign/index.js');
  const { ReportWriteError, writeFileAtomically } = await import('../reports/index.js');
  const file = fileIn(out);
  const path = resolve(context.cwd, file);
  const isNews = check.faults.length > 0 || check.scenarios.some(({ runs }) => runs.some(({ outcome }) => outcome !== 'held'));
  if (!isNews && !existsSync(path)) return;
  try {
    const isShard = check.parts.some(({ shard }) => shard !== null);
    await writeFileAtomically(path, lastFailedText(check, isShard ? await known(file, context) : earlier));
  } catch (error) {
    if (!(error instanceof ReportWriteError)) throw error;
    if (out !== undefined) throw cannotWrite(file, systemReason(error.cause) ?? error.reason);
    context.stderr.line(`queuelab: ${file} cannot be written, so --last-failed will not know of this check.`);
  }
}
