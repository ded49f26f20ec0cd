import type { Argv } from 'yargs';
import { mergeChecks, type MergeArguments } from '../merge-checks.js';
import type { CommandFactory } from './command.js';
import { CHECK_REPORTERS_IN_HELP, withReporterFlags } from './reporter-flags.js';

/** `queuelab merge DIR...` */
export const mergeCommand: CommandFactory<MergeArguments> = (context, begin) => ({
  command: 'merge <folders..>',
  describe: 'join the results of the shards of a check into one report',
  builder: (yargs) => withReporterFlags(
    yargs.positional('folders', { type: 'string', array: true, demandOption: true, describe: 'folders that `check --out` wrote, or the files in them' }),
    'folder for report files', CHECK_REPORTERS_IN_HELP,
  )
    .option('strict', { type: 'boolean', default: false, describe: 'fail when a promise was never put to the test' })
    .example('$0 merge shard-1 shard-2 --reporter junit=junit.xml', 'one report of two shards') as unknown as Argv<MergeArguments>,
  handler: (args) => begin(() => mergeChecks(args, context)),
});
