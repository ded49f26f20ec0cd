import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { chooseRuns, type ChoiceOfRuns, withChoiceOfRuns } from '../choose-runs.js';
import { drawCharts, parseCharts, writeCharts } from '../chart-files.js';
import { checkWritable } from '../output-files.js';
import { readResults } from '../read-results.js';
import { announceFiles, checkTargets, finishReporters, isAllInFiles, makeReporters } from '../reporters.js';
import type { ReporterArguments } from '../reporter-plan.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { codeForReader, type Output } from '../output.js';
import type { RunResult } from '../../scenarios/index.js';
import type { CommandContext, CommandFactory } from './command.js';
import { withReporterFlags } from './reporter-flags.js';

interface ReportArguments extends ReporterArguments, ChoiceOfRuns {
  readonly results: readonly string[];
  /** `id=file` */
  readonly chart: readonly string[];
}

/** `queuelab report RESULT...` */
export const reportCommand: CommandFactory<ReportArguments> = (context, begin) => ({
  command: 'report <results..>',
  describe: 'show results that `run --reporter json=FILE` wrote',
  builder: (yargs) =>
    withReporterFlags(
      withChoiceOfRuns(yargs).option('chart', {
        type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none',
        describe: 'id=file (repeatable): one chart of one run as SVG, such as throughput=throughput.svg; an unknown id is answered with all of them',
      }).positional('results', { type: 'string', array: true, demandOption: true, describe: 'JSON files, of one run or of several' }),
    )
      .example('$0 report run.json', 'as text')
      .example('$0 report runs.json --run 2 --reporter html=report.html', 'the second of several runs')
      .example('$0 report run.json --chart throughput=throughput.svg', 'a chart for a document or a comment')
      .example('$0 report run.json --reporter html=report.html', 'as a page; with a timeline, if --trace on kept the history') as unknown as Argv<ReportArguments>,
  handler: (args) => begin(() => report(args, context)),
});

async function report(args: ReportArguments, context: CommandContext): Promise<ExitCode> {
  const { reporters, text } = await makeReporters(args, context);
  const charts = parseCharts(args.chart);
  for (const { file } of charts) checkWritable(resolve(context.cwd, file));
  const results = chooseRuns(await readResults(args.results, context.cwd), args, args.results.join(' '));
  const drawn = await drawCharts(charts, results);
  checkTargets(reporters, args.out, context.cwd);
  await finishReporters(reporters, (reporter) => reporter.finish(results), context.stdout);
  await writeCharts(drawn, context.cwd);
  if (!args.quiet) {
    announceFiles([...reporters, ...charts.map(({ id, file }) => ({ name: id, file }))], text);
    if (reporters.some(({ takesRecordings }) => takesRecordings === true)) await sayWithoutHistory(results, text);
  }
  return codeForReader(context.stdout, isAllInFiles({ reporters: [...reporters, ...charts], text }, context.stdout), EXIT_CODES.ok);
}

/** A page without a timeline says why, and how to get one. */
async function sayWithoutHistory(results: readonly RunResult[], text: Output): Promise<void> {
  const { isReadable } = await import('../../history/index.js');
  const without = results.filter(({ history }) => history === undefined).length;
  const unreadable = results.filter(({ history }) => history !== undefined && !isReadable(history)).length;
  if (unreadable > 0) text.line('No timeline: another version of queuelab kept the history, with other events.');
  if (without > 0) text.line(`No timeline${without === results.length ? '' : ` for ${without} of ${results.length} runs`}: no history was kept. \`queuelab run … --trace on --reporter json=FILE\` keeps it.`);
}
