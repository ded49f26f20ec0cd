import type { Argv } from 'yargs';
import { readResults } from '../read-results.js';
import { announceFiles, checkTargets, finishReporters, makeReporters } from '../reporters.js';
import type { ReporterArguments } from '../reporter-plan.js';
import { EXIT_CODES, type ExitCode } from '../exit-codes.js';
import { codeForReader } from '../output.js';
import type { CommandContext, CommandFactory } from './command.js';
import { withReporterFlags } from './reporter-flags.js';

interface ReportArguments extends ReporterArguments {
  readonly results: readonly string[];
}

/** `queuelab report RESULT...` */
export const reportCommand: CommandFactory<ReportArguments> = (context, begin) => ({
  command: 'report <results..>',
  describe: 'show results that `run --reporter json=FILE` wrote',
  builder: (yargs) =>
    withReporterFlags(
      yargs.positional('results', { type: 'string', array: true, demandOption: true, describe: 'JSON files, of one run or of several' }),
    )
      .example('$0 report run.json', 'as text')
      .example('$0 report run.json --reporter html=report.html', 'as a page') as unknown as Argv<ReportArguments>,
  handler: (args) => begin(() => report(args, context)),
});

async function report(args: ReportArguments, context: CommandContext): Promise<ExitCode> {
  const { reporters, text } = await makeReporters(args, context);
  const results = await readResults(args.results, context.cwd);
  checkTargets(reporters, args.out, context.cwd);
  await finishReporters(reporters, (reporter) => reporter.finish(results), context.stdout);
  if (!args.quiet) announceFiles(reporters, text);
  return codeForReader(context.stdout, reporters.some(({ file }) => file !== null), EXIT_CODES.ok);
}
