import type { Reporter } from '../reports/index.js';
import type { RunResult, Scenario } from '../scenarios/index.js';
import { HistoryFiles, parseTrace, type TraceRequest } from './history-files.js';
import { lastRows, withHistory } from './kept-history.js';
import type { CommandContext } from './commands/command.js';
import type { RunArguments } from './run-arguments.js';
import { loadScenarios } from './load-scenarios.js';
import { RunFault, UsageError, UserError } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { checkMutants } from './mutant-names.js';
import { codeForReader } from './output.js';
import { announceFiles, checkTargets, finishReporters, isAllInFiles, makeReporters, rejectScenariosAsTargets } from './reporters.js';
import { lastRecorder, LIMIT_ROWS, recorderFor } from './record.js';
import { checkSeed } from './seed.js';
import { selectScenarios } from './select-scenarios.js';
import { exitCodeOf } from './verdict-code.js';
import { withText } from './with-text.js';

/** Runs what the arguments select and writes the reports; the exit code says what came out. */
export async function runScenarios(args: RunArguments, context: CommandContext): Promise<ExitCode> {
  const trace = parseTrace(args.trace);
  checkSeed(args.seed);
  await checkMutants(args.mutant);
  const { reporters, text } = await makeReporters(args, context);
  const selected = await selectScenarios(args.files ?? [], context.cwd);
  const scenarios = await loadScenarios(selected, args.set);
  rejectScenariosAsTargets(reporters, selected.map(({ path }) => path), context.cwd);
  checkTargets(reporters, args.out, context.cwd);

  const histories = new HistoryFiles(trace, scenarios, args.out, context.cwd);
  const results = await runAll(scenarios, { trace, seed: args.seed, mutants: args.mutant, verify: args.verify, histories, reporters, context });
  const reported = results.length > 0 ? reporters : reporters.filter(({ name }) => name === 'pretty');
  await finishReporters(reported, (reporter) => reporter.finish(results), context.stdout);
  if (!args.quiet) announceFiles([...reported, ...histories.written], text);
  if (context.interrupt.aborted) {
    context.stderr.line(`Interrupted: ${results.length} of ${scenarios.length} runs were finished and reported.`);
    return EXIT_CODES.interrupted;
  }
  return codeForReader(context.stdout, isAllInFiles({ reporters, text }, context.stdout), exitCodeOf(results));
}

interface RunOptions {
  readonly trace: TraceRequest;
  readonly seed: string | undefined;
  readonly mutants: readonly string[];
  readonly verify: boolean;
  readonly histories: HistoryFiles;
  readonly reporters: readonly Reporter[];
  readonly context: CommandContext;
}

/** One after the other, until all are done, the user interrupts, or nobody reads the only report any more. */
async function runAll(scenarios: readonly Scenario[], { trace, seed, mutants, verify, histories, reporters, context }: RunOptions): Promise<RunResult[]> {
  const { InterruptedError, retell, runScenarioAsync } = await import('../scenarios/index.js');
  const { RepeatedRuns } = await import('../campaign/index.js');
  const { HistoryFullError } = await import('../history/index.js');
  const results: RunResult[] = [];
  const isSaved = reporters.some(({ name }) => name === 'json');
  const isShown = reporters.some(({ takesRecordings }) => takesRecordings === true);
  const lastToSave = isSaved ? lastRows(trace, LIMIT_ROWS) : 0;
  const limitRows = isShown || (isSaved && trace.keep !== 'off' && lastToSave === 0) ? LIMIT_ROWS : 0;
  for (const scenario of scenarios) {
    if (context.interrupt.aborted || isUnread(reporters, context)) break;
    const chosenSeed = seed ?? scenario.seed;
    const runs = new RepeatedRuns({ scenario, seed: chosenSeed, verify });
    const made = { seed: chosenSeed, mutants, signal: context.interrupt };
    try {
      const recorder = await recorderFor(scenario, { seed: chosenSeed, mutants, limitRows, runs });
      const ending = await lastRecorder(lastToSave);
      const plain = await runs.makeInTurns((watch) => runScenarioAsync(scenario, {
        ...made,
        ...watch,
        ...histories.options,
        observers: [...recorder.observers, ...ending.observers],
        onProgress: (progress) => {
          for (const reporter of reporters) reporter.onProgress?.(progress);
        },
      }));
      if (verify) await runs.makeInTurns((watch) => retell(scenario, [], { ...made, ...watch }));
      const recording = await recorder.recording(plain);
      const result = isSaved ? await withHistory(await withText(plain, scenario), (await ending.recording(plain)) ?? recording, trace) : plain;
      results.push(result);
      for (const reporter of reporters) reporter.onRunDone?.(result, recording);
      await histories.write(result, scenario);
    } catch (error) {
      if (error instanceof InterruptedError) break;
      if (error instanceof UserError) throw error;
      if (error instanceof HistoryFullError) throw new UsageError(`--trace on: ${error.message}`);
      throw new RunFault(scenario.file, chosenSeed, error);
    }
  }
  return results;
}

/** True when the reader of the output left and no file is to be written. */
const isUnread = (reporters: readonly Reporter[], { stdout }: CommandContext): boolean =>
  stdout.isClosed && reporters.every(({ file }) => file === null);
