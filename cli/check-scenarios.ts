import { basename, join, resolve } from 'node:path';
import type { CheckPlan, CheckResult, RunPool } from '../campaign/index.js';
import type { Reporter } from '../reports/index.js';
import { type CheckArguments, type CheckSettings, readCheckArguments } from './check-arguments.js';
import { checkFileName, describeFaults, exitCodeOfCheck, LAST_FAILED_CHECK } from './check-outcome.js';
import type { CommandContext } from './commands/command.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { DEFAULT_FOLDER, type Planned, keepLastFailed, planLastFailed } from './last-failed.js';
import { withHistoriesIn, withHistoryIn } from './history-paths.js';
import { loadScenarios } from './load-scenarios.js';
import { checkMutants } from './mutant-names.js';
import { codeForReader, type Output } from './output.js';
import { checkWritable } from './output-files.js';
import { announceFiles, checkTargets, finishReporters, makeReporters, rejectScenariosAsTargets } from './reporters.js';
import { historyLines, removeOutdated } from './outdated-histories.js';
import { selectScenarios } from './select-scenarios.js';
import type { ShrunkCheck } from './shrink-check.js';
import { writeOutput } from './write-output.js';

/** Runs many seeds of what the arguments select and writes the reports; the exit code says what came out. */
export async function checkScenarios(args: CheckArguments, context: CommandContext): Promise<ExitCode> {
  const settings = await readCheckArguments(args);
  await checkMutants(args.mutant);
  const { reporters, text } = await makeReporters(args, context, 'check');
  const { plan, paths, earlier } = await makePlan(args, settings, context);
  rejectScenariosAsTargets(reporters, paths, context.cwd);
  checkTargets(reporters, args.out, context.cwd);
  const resultFile = args.out === undefined ? null : join(args.out, args.lastFailed ? LAST_FAILED_CHECK : checkFileName(settings.shard));
  if (resultFile !== null) checkWritable(resolve(context.cwd, resultFile));

  const asFound = await runPlan(plan, { args, settings, reporters, context });
  const keep = async (check: CheckResult): Promise<void> => (resultFile === null ? undefined : writeResult(resolve(context.cwd, resultFile), check));
  await keep(asFound);
  await keepLastFailed(asFound, earlier, args.out, context);
  const histories = { folder: historyFolder(args), cwd: context.cwd };
  const removed = await removeOutdated(asFound, plan, histories);
  const { check, lines, trouble } = await madeSmall(asFound, { plan, args, settings, text, context });
  if (check !== asFound) await keep(check);
  await finishReporters(reporters, (reporter) => reporter.finishCheck?.(check), context.stdout);
  if (!args.quiet) {
    if (resultFile !== null) text.line(`Wrote ${resultFile}${args.lastFailed ? '' : ' (for queuelab merge)'}.`);
    announceFiles(reporters, text);
    for (const line of historyLines(check, removed, histories)) text.line(line);
    for (const line of lines) text.line(line);
  }
  for (const words of describeFaults(check)) context.stderr.line(words);
  if (trouble !== null) throw trouble;
  const code = exitCodeOfCheck(check);
  return code === EXIT_CODES.interrupted ? code : codeForReader(context.stdout, resultFile !== null || reporters.some(({ file }) => file !== null), code);
}

const historyFolder = ({ out }: CheckArguments): string => join(out ?? DEFAULT_FOLDER, 'history');

interface ToShrink {
  readonly plan: CheckPlan;
  readonly args: CheckArguments;
  readonly settings: CheckSettings;
  readonly text: Output;
  readonly context: CommandContext;
}

/** The check once more, with what is left of its failures when they are made small; the same when none was. */
async function madeSmall(check: CheckResult, { plan, args, settings, text, context }: ToShrink): Promise<ShrunkCheck> {
  if (args.noShrink || check.scenarios.every(({ failures }) => failures.length === 0)) return { check, lines: [], trouble: null };
  const { shrinkCheck } = await import('./shrink-check.js');
  return shrinkCheck({ plan, check, mutants: args.mutant, runMillis: settings.runMillis, verify: args.verify, out: args.out, text: args.quiet ? null : text, context });
}

async function makePlan(args: CheckArguments, { seeds, shard }: CheckSettings, context: CommandContext): Promise<Planned> {
  if (args.lastFailed) return planLastFailed(args, context);
  const { planSeeds } = await import('../campaign/index.js');
  const selected = await selectScenarios(args.files ?? [], context.cwd);
  const scenarios = await loadScenarios(selected, args.set);
  return { plan: planSeeds({ scenarios, seeds, shard }), paths: selected.map(({ path }) => path), earlier: [] };
}

interface Surroundings {
  readonly args: CheckArguments;
  readonly settings: CheckSettings;
  readonly reporters: readonly Reporter[];
  readonly context: CommandContext;
}

async function runPlan(plan: CheckPlan, { args, settings, reporters, context }: Surroundings): Promise<CheckResult> {
  const campaign = await import('../campaign/index.js');
  const pool: RunPool = new campaign.RunPool({ workers: Math.max(1, Math.min(settings.workers, plan.planned ?? Infinity)), runMillis: settings.runMillis });
  const end = performance.now() + settings.limitMillis;
  const folder = historyFolder(args);
  try {
    return withHistoriesIn(folder, await campaign.checkScenarios({
      plan,
      pool,
      bail: settings.bail,
      strict: args.strict,
      mutants: args.mutant,
      verify: args.verify,
      isTimeOver: () => performance.now() >= end || (context.stdout.isClosed && reporters.every(({ file }) => file === null)),
      ...(settings.keepsHistories ? { historyFolder: resolve(context.cwd, folder) } : {}),
      signal: context.interrupt,
      onRun: (scenario, checked) => {
        const run = withHistoryIn(folder, checked);
        for (const reporter of reporters) reporter.onCheckedRun?.(scenario, run);
      },
      onProgress: (progress) => {
        for (const reporter of reporters) reporter.onCheckProgress?.(progress);
      },
      onHistoryLost: (file, reason) => context.stderr.line(`queuelab: the history ${join(folder, basename(file))} cannot be written (${reason}); the check goes on.`),
    }));
  } finally {
    await pool.stop();
  }
}

/** The file may be moved with its folder: it names its histories from there. */
const writeResult = (file: string, check: CheckResult): Promise<void> => writeOutput(file, `${JSON.stringify(withHistoriesIn('history', check))}\n`);
