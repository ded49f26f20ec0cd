import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Reporter, ReporterContext } from '../reports/index.js';
import { OutputError, UsageError } from './errors.js';
import type { CommandContext } from './commands/command.js';
import type { Output } from './output.js';
import { checkWritable, makeFolder } from './output-files.js';
import { planReporters, type ReporterArguments } from './reporter-plan.js';

/** The reporters of a run, and where its text for people goes. */
export interface OpenReporters {
  readonly reporters: readonly Reporter[];
  readonly text: Output;
}

/**
 * Makes the reporters. Nothing is written yet.
 *
 * @throws UsageError
 */
export async function makeReporters(args: ReporterArguments, context: CommandContext, of: 'runs' | 'check' = 'runs'): Promise<OpenReporters> {
  const specs = planReporters(args, context.cwd, of);
  const { createReporter, takesStdout, UnknownReporterError, ReporterFileError } = await import('../reports/index.js');
  const reporters: Reporter[] = [];
  try {
    const [first, second] = specs.filter(takesStdout);
    if (second !== undefined) throw new UsageError(`The reporters ${first?.name} and ${second.name} would both write to stdout: give one a file.`);
    const textTo = first === undefined ? 'stdout' : 'stderr';
    const reporterContext = describeTerminal(args, context, textTo);
    for (const spec of specs) reporters.push(await createReporter(spec, reporterContext));
    const other = of === 'check' ? reporters.find((reporter) => reporter.finishCheck === undefined) : undefined;
    if (other !== undefined) throw new UsageError(`The reporter ${other.name} shows single runs: use it with \`queuelab run\` for the seed to be looked at.`);
    return { reporters, text: context[textTo] };
  } catch (error) {
    if (error instanceof UnknownReporterError || error instanceof ReporterFileError) throw new UsageError(error.message);
    throw error;
  }
}

/**
 * A report may not replace a scenario that it is made from.
 *
 * @throws UsageError
 */
export function rejectScenariosAsTargets(reporters: readonly Reporter[], scenarioPaths: readonly string[], cwd: string): void {
  const realPath = (path: string): string => (existsSync(path) ? realpathSync(path) : path);
  const scenarios = new Set(scenarioPaths.map(realPath));
  for (const { file } of reporters) {
    if (file === null || !scenarios.has(realPath(resolve(cwd, file)))) continue;
    throw new UsageError(`The report ${file} would replace the scenario of that name: give it another file.`);
  }
}

/**
 * Finds out before a run whether its reports can be written after it, and makes the folder of `--out`.
 *
 * @throws OutputError
 */
export function checkTargets(reporters: readonly Reporter[], out: string | undefined, cwd: string): void {
  if (out !== undefined) makeFolder(resolve(cwd, out));
  for (const { file } of reporters) if (file !== null) checkWritable(file);
}

/** How text for people is to be set. */
export function describeTerminal(
  { noColor }: Pick<ReporterArguments, 'noColor'>, { stdout, stderr, env, cwd }: CommandContext, textTo: 'stdout' | 'stderr',
): ReporterContext {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  const text = textTo === 'stdout' ? stdout : stderr;
  return {
    stdout: stdout.stream,
    stderr: stderr.stream,
    color: !noColor && !isSet('NO_COLOR') && (isSet('FORCE_COLOR') || text.isTTY),
    isTTY: stderr.isTTY && !isSet('CI'),
    textTo,
    unicode: env['TERM'] !== 'linux' && env['TERM'] !== 'dumb',
    columns: Math.max(60, text.columns),
    env,
    cwd,
  };
}

/** Every report is tried, also when one cannot be written; the first failure is the one told. */
export async function finishReporters(
  reporters: readonly Reporter[], finish: (reporter: Reporter) => Promise<void> | undefined, stdout: Output,
): Promise<void> {
  const { ReportWriteError } = await import('../reports/index.js');
  const faults: unknown[] = [];
  let failure: OutputError | null = null;
  for (const reporter of reporters) {
    try {
      await finish(reporter);
    } catch (error) {
      if (!(error instanceof ReportWriteError)) faults.push(error);
      else if (error.reason !== 'EPIPE') failure ??= new OutputError(error.message);
    }
  }
  if (faults.length > 0) throw faults[0];
  failure ??= stdout.failure;
  if (failure !== null) throw failure;
}

/** Whether what a reader of stdout missed lies in files all the same: not a report that was to go there. */
export const isAllInFiles = ({ reporters, text }: { readonly reporters: readonly { readonly file: string | null }[]; readonly text: Output }, stdout: Output): boolean => text === stdout && reporters.some(({ file }) => file !== null);

/** Says where the reports lie. */
export function announceFiles(reporters: readonly Pick<Reporter, 'name' | 'file'>[], text: Output): void {
  for (const { name, file } of reporters) if (file !== null) text.line(`Wrote ${file} (${name}).`);
}
