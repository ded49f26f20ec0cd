import type { Argv } from 'yargs';
import type { CheckArguments } from '../check-arguments.js';
import { checkScenarios } from '../check-scenarios.js';
import type { CommandFactory } from './command.js';
import { withMutantFlag } from './mutant-flag.js';
import { withNoShrinkFlag } from './no-shrink-flag.js';
import { CHECK_REPORTERS_IN_HELP, withReporterFlags } from './reporter-flags.js';
import { RUN_TIMEOUTS } from '../run-timeout.js';
import { withRunTimeoutFlag } from './run-timeout-flag.js';
import { withScenarioFlags } from './scenario-flags.js';
import { withVerifyFlag } from './verify-flag.js';

/** `queuelab check FILE...` */
export const checkCommand: CommandFactory<CheckArguments> = (context, begin) => ({
  command: 'check [files..]',
  describe: 'run many seeds of scenarios and say how often each promise held',
  builder: (yargs) => withSelectionFlags(withNoShrinkFlag(withVerifyFlag(withMutantFlag(withReporterFlags(withScenarioFlags(yargs), 'folder for the result (check.json, or check-1-of-3.json of a shard, which `merge` reads), report files and histories', CHECK_REPORTERS_IN_HELP)))))
    .option('trace', {
      type: 'string',
      requiresArg: true,
      default: 'off',
      describe: 'off, or retain-on-failure: every event of runs that do not hold, as JSON Lines in the folder of --out',
    })
    .option('strict', { type: 'boolean', default: false, describe: 'fail when a promise was never put to the test' })
    .example('$0 check scenarios/ --seeds 1..200', 'every scenario of a folder')
    .example('$0 check scenarios/ --shard 1/4 --out shard', 'a quarter of the runs; `merge` joins the results')
    .example('$0 check my.yaml --duration 10m --bail', 'for ten minutes, or until one fails') as unknown as Argv<CheckArguments>,
  handler: (args) => begin(() => checkScenarios(args, context)),
});

function withSelectionFlags<T>(yargs: Argv<T>): Argv<T> {
  return withRunTimeoutFlag(yargs, RUN_TIMEOUTS.check)
    .option('seeds', { type: 'string', requiresArg: true, defaultDescription: '1..100', describe: 'which seeds: 1..200, 7, or 1,5,9' })
    .option('jobs', { type: 'string', alias: 'j', requiresArg: true, defaultDescription: 'all cores', describe: 'how many worker threads' })
    .option('shard', { type: 'string', requiresArg: true, describe: 'a part of the runs, such as 1/4; the same run is always in the same part' })
    .option('bail', { type: 'string', describe: 'stop when so many runs have failed (1 without a number)' })
    .option('duration', { type: 'string', requiresArg: true, describe: 'begin no more runs after this time; without --seeds, seeds go on until then' })
    .option('until-fail', { type: 'boolean', default: false, describe: 'go on, after those of --seeds, with further seeds until a run fails' })
    .option('last-failed', { type: 'boolean', default: false, describe: 'only the runs that failed in the last check' });
}
