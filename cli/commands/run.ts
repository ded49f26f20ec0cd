import type { Argv } from 'yargs';
import type { RunArguments } from '../run-arguments.js';
import { runScenarios } from '../run-scenarios.js';
import type { CommandFactory } from './command.js';
import { withMutantFlag } from './mutant-flag.js';
import { withReporterFlags } from './reporter-flags.js';
import { withScenarioFlags } from './scenario-flags.js';
import { withVerifyFlag } from './verify-flag.js';

/** `queuelab run FILE...` */
export const runCommand: CommandFactory<RunArguments> = (context, begin) => ({
  command: 'run [files..]',
  describe: 'run scenarios, one run each, and say which promises held',
  builder: (yargs) =>
    withVerifyFlag(withMutantFlag(withReporterFlags(
      withScenarioFlags(yargs)
        .option('seed', { type: 'string', requiresArg: true, describe: "seed of everything random; by default the scenario's own" })
        .option('trace', {
          type: 'string',
          requiresArg: true,
          default: 'off',
          describe: 'history of events to keep: off, on, the last N, or retain-on-failure; JSON results then hold up to 100000 events for `report` to step through (around the first failure or fault, or the last N), and --out writes all that was kept as JSON Lines',
        }),
    )))
      .example('$0 run consumer-crash', 'a scenario that comes with queuelab')
      .example('$0 run \'scenarios/**/*.yaml\' --seed 7 --reporter html=report.html --reporter json=run.json', 'many, into one report')
      .example('$0 run my.yaml --set broker.flush=never', 'with one setting changed') as unknown as Argv<RunArguments>,
  handler: (args) => begin(() => runScenarios(args, context)),
});
