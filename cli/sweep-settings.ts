import type { SweepResult } from '../campaign/index.js';
import type { Scenario } from '../scenarios/index.js';
import type { CommandContext } from './commands/command.js';
import { figuresOf } from './compare-variants.js';
import { UsageError } from './errors.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { loadScenarios } from './load-scenarios.js';
import { selectScenarios } from './select-scenarios.js';
import { interrupted, StudyReporters, type StudyReporterArguments } from './study-reporters.js';
import { asUserError, studySeeds, withRuns } from './study-runs.js';

export interface SweepArguments extends StudyReporterArguments {
  readonly file: string;
  readonly set: readonly string[];
  readonly seeds: string;
  readonly jobs: string | undefined;
  readonly verify: boolean;
  readonly measure: readonly string[];
}

/** Runs a scenario at every point of a grid of settings. */
export async function sweepSettings(args: SweepArguments, context: CommandContext): Promise<ExitCode> {
  const { overridesOf, parseAxis, pointsOf, SWEPT_FIGURES, sweepResult } = await import('../campaign/index.js');
  const reports = await import('../reports/index.js');
  const reporters = new StudyReporters<SweepResult>(args, { pretty: reports.sweepText, html: reports.sweepPage, csv: reports.sweepCsv }, context, 'queuelab-sweep.html');
  if (args.set.length === 0) throw new UsageError('A sweep varies something: give at least one --set path=value,value,..., such as --set broker.flush=always,interval.');
  const { axes, points } = await asUserError(() => {
    const read = args.set.map(parseAxis);
    return { axes: read, points: pointsOf(read) };
  });
  const figures = await figuresOf(args.measure.length === 0 ? SWEPT_FIGURES : args.measure);
  const seeds = await studySeeds(args.seeds);
  const scenarios: Scenario[] = [];
  for (const point of points) scenarios.push(await oneScenario(args.file, overridesOf(axes, point), context.cwd));
  const candidates = scenarios.map((scenario, index) => ({ name: points[index]!.join(', '), scenario }));
  const variants = await withRuns({ seeds, jobs: args.jobs, verify: args.verify, signal: context.interrupt, onRun: (done, planned) => reporters.progress(done, planned) }, (run) => run(candidates));
  if (variants.length === 0) return interrupted(context, 'no point was complete.');
  const done = sweepResult({ seeds, axes, points: points.slice(0, variants.length), figures, variants });
  const code = await reporters.finish(done, EXIT_CODES.ok);
  return context.interrupt.aborted ? interrupted(context, `${variants.length} of ${points.length} points are reported.`) : code;
}

/** The one scenario that a study is about. @throws UsageError when the argument names several */
export async function oneScenario(file: string, overrides: readonly string[], cwd: string): Promise<Scenario> {
  const selected = await selectScenarios([file], cwd);
  if (selected.length > 1) throw new UsageError(`${file} names ${selected.length} scenarios, and this command takes one: ${selected.slice(0, 5).map(({ name }) => name).join(', ')}.`);
  return (await loadScenarios(selected, overrides))[0]!;
}
