import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Comparison, ComparisonVerdict, StudyFigure, Variant } from '../campaign/index.js';
import type { RunResult } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { UsageError } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { loadScenarios } from './load-scenarios.js';
import { readResults } from './read-results.js';
import { selectScenarios } from './select-scenarios.js';
import { interrupted, StudyReporters, type StudyReporterArguments } from './study-reporters.js';
import { asUserError, parseShare, studySeeds, withRuns } from './study-runs.js';
import { writeOutput } from './write-output.js';

export interface CompareArguments extends StudyReporterArguments {
  readonly files: readonly string[] | undefined;
  readonly set: readonly string[];
  readonly seeds: string | undefined;
  readonly jobs: string | undefined;
  readonly verify: boolean;
  readonly measure: readonly string[];
  readonly tolerance: string;
  readonly failOn: string | undefined;
  readonly baseline: string | undefined;
  readonly save: boolean;
  readonly anyLoad: boolean;
}

const DEFAULT_SEEDS = '1..10';
const BASELINES = join('.queuelab', 'baselines');

/** Compares what the arguments name, or with a baseline, and says what is better and what worse. */
export async function compareRuns(args: CompareArguments, context: CommandContext): Promise<ExitCode> {
  const reports = await import('../reports/index.js');
  const reporters = new StudyReporters<Comparison>(args, { pretty: reports.compareText, html: reports.comparePage }, context, 'queuelab-comparison.html');
  const tolerance = parseShare('--tolerance', args.tolerance, { least: 0, most: 1 });
  const failOn = failingVerdicts(args.failOn);
  const figures = await figuresOf(args.measure);
  const baseline = baselineFile(args, context.cwd);
  const saved = baseline === null || args.save ? [] : await readBaseline(baseline, args.baseline!, context.cwd);
  const variants = [...saved, ...(await gather(args, saved, reporters, context))];
  if (context.interrupt.aborted) return interrupted(context, 'there is nothing to compare yet.');
  if (baseline !== null && variants.length !== saved.length + 1) throw new UsageError('--baseline takes one scenario or result, which is held against it.');
  if (baseline !== null && args.save) return saveBaseline(baseline, variants[0]!.results, args, context);
  const { compareVariants } = await import('../campaign/index.js');
  const comparison = await asUserError(() => compareVariants(variants, { tolerance, isAnyLoad: args.anyLoad, ...(figures.length === 0 ? {} : { figures }) }));
  return reporters.finish(comparison, codeOf(comparison, failOn));
}

/** A gate that nothing could pass or fail is inconclusive, and so is one that cannot say whether messages are lost or a promise is kept. */
function codeOf({ rows, promises }: Comparison, failOn: readonly ComparisonVerdict[]): ExitCode {
  if (failOn.length === 0) return EXIT_CODES.ok;
  if ([...rows, ...promises].some(({ verdict }) => failOn.includes(verdict))) return EXIT_CODES.thresholdMissed;
  const differing = rows.filter(({ difference }) => difference.value !== 0);
  const isOpen = differing.length > 0 && differing.every(({ verdict }) => verdict === 'inconclusive');
  const isUnsafe = [...promises, ...rows.filter(({ figure }) => figure === 'lost')].some(({ verdict }) => verdict === 'inconclusive');
  return isOpen || isUnsafe ? EXIT_CODES.inconclusive : EXIT_CODES.ok;
}

const FAILING: Readonly<Record<string, readonly ComparisonVerdict[]>> = {
  regressed: ['regressed'], changed: ['regressed', 'improved', 'changed'],
};

function failingVerdicts(failOn: string | undefined): readonly ComparisonVerdict[] {
  if (failOn === undefined) return [];
  const verdicts = FAILING[failOn];
  if (verdicts === undefined) throw new UsageError(`--fail-on ${failOn}: there are regressed, and changed for any difference that is no chance.`);
  return verdicts;
}

/** The figures of `--measure`. */
export async function figuresOf(measures: readonly string[]): Promise<StudyFigure[]> {
  const { parseFigure } = await import('../campaign/index.js');
  return asUserError(() => measures.map(parseFigure));
}

/** Everything that the arguments name, in their order: saved results as they are, scenarios run now with the same seeds. */
async function gather(args: CompareArguments, saved: readonly Variant[], reporters: StudyReporters<Comparison>, context: CommandContext): Promise<Variant[]> {
  const files = args.files ?? [];
  const parts = await Promise.all(files.map(async (file) => (file.endsWith('.json') ? variantsIn(await readResults([file], context.cwd), file) : file)));
  const given = [...saved, ...parts.flatMap((part) => (typeof part === 'string' ? [] : part))];
  const patterns = parts.filter((part) => typeof part === 'string');
  if (patterns.length === 0 && files.length > 0) return unique(parts.flatMap((part) => (typeof part === 'string' ? [] : part)));
  const names = new Map(await Promise.all(patterns.map(async (pattern) => [pattern, await selectScenarios([pattern], context.cwd)] as const)));
  // Saved runs bring their seeds: the same ones make pairs.
  const seeds = args.seeds === undefined && given[0] !== undefined ? given[0].results.map(({ seed }) => seed) : await studySeeds(args.seeds ?? DEFAULT_SEEDS);
  const selected = files.length === 0 ? await selectScenarios(files, context.cwd) : patterns.flatMap((pattern) => names.get(pattern)!);
  const scenarios = await loadScenarios(selected, args.set);
  const ran = await withRuns({ seeds, jobs: args.jobs, verify: args.verify, signal: context.interrupt, onRun: (done, planned) => reporters.progress(done, planned) },
    (run) => run(scenarios.map((scenario) => ({ name: scenario.name, scenario }))));
  let next = 0;
  return unique(parts.flatMap((part) => (typeof part === 'string' ? names.get(part)!.flatMap(() => ran[next++] ?? []) : part)));
}

/** The results of a file: a variant for each scenario in it. */
function variantsIn(results: readonly RunResult[], file: string): Variant[] {
  const names = [...new Set(results.map(({ scenario }) => scenario.name))];
  return names.map((name) => ({ name: names.length === 1 ? file : `${name} (${file})`, results: inOrderOfSeeds(results.filter(({ scenario }) => scenario.name === name)) }));
}

/** So that files whose runs were put together in another order make pairs, too. */
const inOrderOfSeeds = (results: readonly RunResult[]): RunResult[] => [...results].sort((left, right) => Number(left.seed) - Number(right.seed));

/** Variants of one name have those of their files, where these tell them apart; what is the same even so has a number. */
function unique(variants: readonly Variant[]): Variant[] {
  const named = variants.map((variant) => ({ ...variant, name: nameAmong(variant, variants.filter(({ name }) => name === variant.name)) }));
  return named.map((variant, index) => {
    const before = named.slice(0, index).filter(({ name }) => name === variant.name).length;
    return before === 0 ? variant : { ...variant, name: `${variant.name} (${before + 1})` };
  });
}

const fileOf = ({ results }: Variant): string | undefined => results[0]?.scenario.file;

function nameAmong(variant: Variant, namesakes: readonly Variant[]): string {
  const isTold = namesakes.length > 1 && new Set(namesakes.map(fileOf)).size === namesakes.length;
  return isTold ? (fileOf(variant) ?? variant.name) : variant.name;
}

function baselineFile({ baseline, save }: CompareArguments, cwd: string): string | null {
  if (baseline === undefined) {
    if (save) throw new UsageError('--save says that a baseline is saved: give its name with --baseline.');
    return null;
  }
  if (!/^[\w][\w.-]{0,79}$/.test(baseline)) throw new UsageError(`--baseline ${baseline}: a name has at most 80 letters, digits, hyphens, dots and underscores.`);
  return resolve(cwd, BASELINES, `${baseline}.json`);
}

async function readBaseline(file: string, name: string, cwd: string): Promise<Variant[]> {
  if (!existsSync(file)) throw new UsageError(`There is no baseline ${name} (${join(BASELINES, `${name}.json`)}): make it with --baseline ${name} --save.`);
  return [{ name: `baseline ${name}`, results: await readResults([file], cwd) }];
}

async function saveBaseline(file: string, results: readonly RunResult[], { baseline = '', quiet }: CompareArguments, { stdout }: CommandContext): Promise<ExitCode> {
  const { forComparison } = await import('../campaign/index.js');
  const { withDigest } = await import('../reports/index.js');
  await writeOutput(file, `${JSON.stringify(forComparison(results).map(withDigest))}\n`);
  if (!quiet) stdout.line(`Saved the baseline ${baseline} (${join(BASELINES, `${baseline}.json`)}): ${results.length} ${results.length === 1 ? 'run' : 'runs'} of ${results[0]!.scenario.name}.`);
  return EXIT_CODES.ok;
}
