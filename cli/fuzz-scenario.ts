import { join, resolve } from 'node:path';
import type { Corpus, FuzzFailure, FuzzOptions, FuzzReport, RunPool, ShrinkPool } from '../campaign/index.js';
import type { Scenario } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { NothingSelectedError, UserError } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { type FuzzArguments, type FuzzSettings, readFuzzArguments } from './fuzz-arguments.js';
import { exitCodeOfFuzz } from './fuzz-outcome.js';
import { FuzzProgressLine } from './fuzz-progress.js';
import { keepAsFound, keepFailure, type KeptFailure } from './keep-failure.js';
import { loadScenarios } from './load-scenarios.js';
import { asOutputError } from './output-files.js';
import { describeTerminal } from './reporters.js';
import { selectScenarios, type SelectedScenario } from './select-scenarios.js';
import { SHRINK_MILLIS, SHRINK_TIME } from './shrink-failure.js';

/** Where corpora lie when the command line does not say. */
const CORPUS_FOLDER = join('.queuelab', 'corpus');

/** Fuzzes one scenario, makes small what breaks, and keeps it; the exit code says what came out. */
export async function fuzzScenario(args: FuzzArguments, context: CommandContext): Promise<ExitCode> {
  const settings = await readFuzzArguments(args);
  const selected = await selectOne(args.file, context);
  const [scenario] = (await loadScenarios([selected], args.set)) as [Scenario];
  const withSettings = await settingsOf(selected, args.set, scenario);
  const { RunPool: Pool, ShrinkPool: OtherPool } = await import('../campaign/index.js');
  const { workers, runMillis } = settings;
  const pool = new Pool({ workers, runMillis });
  const shrinking = new OtherPool({ runMillis, verify: args.verify, signal: context.interrupt });
  // Nobody waits for a long run that is under way; what is over then is handed out.
  const stop = (): void => void pool.stop();
  context.interrupt.addEventListener('abort', stop, { once: true });
  try {
    const session: Session = { args, settings, context, scenario, withSettings, pool, shrinking, corpus: corpusOf(args, scenario, context), known: new Map(), kept: new Map(), shrinkMillis: 0 };
    return await runSession(session);
  } finally {
    context.interrupt.removeEventListener('abort', stop);
    await pool.stop();
    await shrinking.close();
  }
}

interface CorpusPlace {
  readonly folder: string;
  readonly shownAs: string;
}

interface Session {
  readonly args: FuzzArguments;
  readonly settings: FuzzSettings;
  readonly context: CommandContext;
  readonly scenario: Scenario;
  readonly withSettings: (overrides: readonly string[]) => Scenario;
  readonly pool: RunPool;
  readonly shrinking: ShrinkPool;
  /** Null when nothing is kept: a deliberate bug breaks what is not broken. */
  readonly corpus: CorpusPlace | null;
  /** Where each sort of failure that was kept can be seen. */
  readonly known: Map<string, string>;
  /** What became of each failure, by its key. */
  readonly kept: Map<string, KeptFailure>;
  /** Real time that making failures small has taken. */
  shrinkMillis: number;
}

async function runSession(session: Session): Promise<ExitCode> {
  const { args, context } = session;
  const corpus = await openCorpus(session);
  const report = await searchKeeping(session, corpus);
  const kept = await keepGround(session, report);
  let trouble: Error | null = null;
  for (const failure of report.failures) trouble = await tellFailure(session, failure) ?? trouble;
  const setting = describeTerminal(args, context, 'stdout');
  const { renderFuzz } = await import('../reports/index.js');
  if (!args.quiet) {
    context.stdout.write(renderFuzz(report, setting));
    if (kept > 0) context.stdout.line(`  ${kept} ground-breaking ${kept === 1 ? 'run' : 'runs'} kept in ${session.corpus!.shownAs}.`);
  }
  if (trouble !== null) throw trouble;
  return exitCodeOfFuzz(context, report, corpus);
}

/** What was found before a search came to grief is told all the same. */
async function searchKeeping(session: Session, corpus: Corpus): Promise<FuzzReport> {
  const found: FuzzFailure[] = [];
  try {
    return await search(session, corpus, found);
  } catch (error) {
    for (const failure of found) await tellFailure(session, failure);
    const { ScenarioError } = await import('../scenarios/index.js');
    if (!(error instanceof ScenarioError)) throw error;
    throw new UserError(error.code, `fuzz.vary of ${session.scenario.file} has values that contradict each other.\n\n${error.message}`, EXIT_CODES.invalidScenario);
  }
}

async function selectOne(file: string | undefined, { cwd }: CommandContext): Promise<SelectedScenario> {
  const selected = await selectScenarios(file === undefined ? [] : [file], cwd);
  const [only] = selected;
  if (only === undefined || selected.length > 1) throw new NothingSelectedError(`fuzz takes one scenario, and ${file ?? ''} stands for ${selected.length}.`);
  return only;
}

/** Reads the scenario once for each combination of settings. Each value that may be drawn is tried before the first run. */
async function settingsOf(selected: SelectedScenario, overrides: readonly string[], scenario: Scenario): Promise<(knobs: readonly string[]) => Scenario> {
  const { loadScenario, ScenarioError } = await import('../scenarios/index.js');
  const loaded = new Map<string, Scenario>();
  const withSettings = (knobs: readonly string[]): Scenario => {
    const key = JSON.stringify(knobs);
    const known = loaded.get(key) ?? loadScenario(selected.path, { name: selected.name, overrides: [...overrides, ...knobs] });
    loaded.set(key, known);
    return known;
  };
  for (const { path, values } of scenario.fuzz?.vary ?? []) {
    for (const value of values) {
      try {
        withSettings([`${path}=${value}`]);
      } catch (error) {
        if (!(error instanceof ScenarioError)) throw error;
        throw new UserError(error.code, `fuzz.vary of ${selected.name} cannot set ${path} to ${value}.\n\n${error.message}`, EXIT_CODES.invalidScenario);
      }
    }
  }
  return withSettings;
}

function corpusOf({ corpus, mutant }: FuzzArguments, { name }: Scenario, { cwd }: CommandContext): CorpusPlace | null {
  if (corpus === undefined && mutant.length > 0) return null;
  const shownAs = corpus ?? join(CORPUS_FOLDER, name);
  return { shownAs, folder: resolve(cwd, shownAs) };
}

async function openCorpus({ corpus, context }: Session): Promise<Corpus> {
  if (corpus === null) return { runs: [], broken: [], omitted: 0 };
  const { readCorpus } = await import('../campaign/index.js');
  try {
    const read = readCorpus(corpus.folder, corpus.shownAs);
    if (read.omitted > 0) context.stderr.line(`queuelab: ${corpus.shownAs} holds ${read.omitted} ${read.omitted === 1 ? 'file' : 'files'} more than a corpus may have; the last by name are not run.`);
    for (const error of read.broken) context.stderr.line(`queuelab: a file of the corpus cannot be used, the others are.\n\n${error.message}\n`);
    return read;
  } catch (error) {
    throw asOutputError(corpus.shownAs, error);
  }
}

/** Each failure goes to `found`, and into the corpus, when it is found. */
async function search(session: Session, corpus: Corpus, found: FuzzFailure[]): Promise<FuzzReport> {
  const { args, settings, context, scenario, withSettings, pool } = session;
  const { executeIn, fuzz, FUZZ_MAX_EVENTS } = await import('../campaign/index.js');
  const progress = await FuzzProgressLine.open(args, context);
  const end = performance.now() + settings.limitMillis;
  const options: FuzzOptions = {
    scenario, withSettings,
    strategy: settings.strategy,
    baseSeed: args.seed ?? scenario.seed,
    beyondContract: args.beyondContract,
    execute: executeIn(pool, { mutants: settings.mutants, maxEvents: FUZZ_MAX_EVENTS, verify: args.verify }),
    corpus: corpus.runs,
    runs: settings.runs,
    untilPlateau: settings.untilPlateau,
    maxFailures: settings.maxFailures,
    isTimeOver: () => performance.now() >= end,
    signal: context.interrupt,
    onProgress: (now) => progress?.show(now),
    onFailure: async (failure) => {
      found.push(failure);
      await keepAsFound(failure, { folder: session.corpus });
      progress?.say(`Making ${failure.failure.invariant} of run ${failure.run.number} as small as can be; --no-shrink leaves that out.`);
      return (await keep(session, failure)).left;
    },
  };
  try {
    return await fuzz(options);
  } finally {
    progress?.erase();
  }
}

async function keepGround({ corpus }: Session, { ground }: FuzzReport): Promise<number> {
  if (corpus === null) return 0;
  const { groundFile, writeCorpusFile } = await import('../campaign/index.js');
  try {
    for (const run of ground) {
      const { name, text } = groundFile(run);
      await writeCorpusFile(corpus.folder, name, text);
    }
    return ground.length;
  } catch (error) {
    throw asOutputError(corpus.shownAs, error);
  }
}

/** Makes a failure small and writes it down, once. */
async function keep(session: Session, failure: FuzzFailure): Promise<KeptFailure> {
  const known = session.kept.get(failure.key);
  if (known !== undefined) return known;
  const { args, context } = session;
  const isTimeLeft = session.shrinkMillis < SHRINK_MILLIS;
  const began = performance.now();
  const kept = await keepFailure(failure, {
    folder: session.corpus, mutants: session.settings.mutants, isShrunk: !args.noShrink && isTimeLeft, runs: session.shrinking,
    whyNot: args.noShrink || isTimeLeft ? null : `no: the ${SHRINK_TIME} that all of them may take are over; queuelab shrink does it`,
    signal: context.interrupt, known: session.known,
  });
  session.shrinkMillis += performance.now() - began;
  session.kept.set(failure.key, kept);
  return kept;
}

/** Answers what failed while it was made small and written down, if something did. */
async function tellFailure(session: Session, failure: FuzzFailure): Promise<Error | null> {
  const { args, context } = session;
  const { renderFuzzFailure } = await import('../reports/index.js');
  const { fate, trouble } = await keep(session, failure);
  context.stdout.line(renderFuzzFailure(failure, fate, describeTerminal(args, context, 'stdout')));
  return trouble;
}
