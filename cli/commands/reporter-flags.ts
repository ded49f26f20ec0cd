import type { Argv } from 'yargs';
import type { ReporterArguments } from '../reporter-plan.js';

/**
 * The flags of every command that shows results. The names of the reporters stand here, too, because `--help` does not
 * load the reports; a test compares them.
 */
export function withReporterFlags<T>(
  yargs: Argv<T>, folder = 'folder for report files; alone, it gets report.html and results.json', names: readonly string[] = REPORTERS_IN_HELP,
): Argv<T & ReporterArguments> {
  return yargs
    .option('reporter', {
      type: 'string',
      array: true,
      nargs: 1,
      default: [],
      defaultDescription: 'pretty',
      describe: `name or name=file (repeatable), the file in the folder of --out where there is one: ${names.join(', ')}`,
    })
    .option('out', { type: 'string', requiresArg: true, describe: folder })
    .option('quiet', { type: 'boolean', default: false, describe: 'print nothing but errors and the reports asked for' })
    .option('no-color', { type: 'boolean', default: false, describe: 'print without colours' }) as unknown as Argv<T & ReporterArguments>;
}

export const REPORTERS_IN_HELP = ['pretty', 'json', 'csv', 'html', 'junit', 'tap', 'jsonl', 'github'] as const;

/** Those that show a check, and not single runs alone. */
export const CHECK_REPORTERS_IN_HELP = REPORTERS_IN_HELP.filter((name) => name !== 'csv' && name !== 'html');
