import type { Argv } from 'yargs';
import { reporterHelp } from '../reporter-help.js';
import { runScenarios } from '../run-scenarios.js';
import type { CommandFactory } from './command.js';

/** What `run` takes, with the flags that other commands will share. */
export interface RunArguments {
  readonly files: readonly string[] | undefined;
  readonly seed: string | undefined;
  readonly set: readonly string[];
  readonly out: string | undefined;
  readonly reporter: readonly string[];
  readonly trace: string;
  readonly quiet: boolean;
  readonly noColor: boolean;
}

/** `queuelab run FILE...` */
export const runCommand: CommandFactory<RunArguments> = (context, conclude) => ({
  command: 'run [files..]',
  describe: 'run scenarios, one run each, and say which promises held',
  builder: (yargs) => options(yargs),
  handler: async (args) => {
    conclude(await runScenarios(args, context));
  },
});

function options(yargs: Argv<object>): Argv<RunArguments> {
  return yargs
    .positional('files', {
      type: 'string',
      array: true,
      describe: 'scenario files, patterns such as "scenarios/**/*.yaml", or names that `list` shows',
    })
    .option('seed', { type: 'string', requiresArg: true, describe: 'seed of everything random; by default the scenario\'s own' })
    .option('set', { type: 'string', array: true, nargs: 1, default: [], defaultDescription: 'none', describe: 'change a setting: path=value (repeatable)' })
    .option('reporter', { type: 'string', array: true, nargs: 1, default: [], defaultDescription: 'pretty', describe: `name or name=file (repeatable): ${reporterHelp}` })
    .option('out', { type: 'string', requiresArg: true, describe: 'folder for report files; alone, it gets report.html and results.json' })
    .option('trace', { type: 'string', requiresArg: true, default: 'off', describe: 'keep the history of events: off, on, or the last N' })
    .option('quiet', { type: 'boolean', default: false, describe: 'print nothing but errors and the reports asked for' })
    .option('no-color', { type: 'boolean', default: false, describe: 'print without colours' })
    .example('$0 run consumer-crash', 'a scenario that comes with queuelab')
    .example('$0 run scenarios/**/*.yaml --seed 7 --reporter html=report.html --reporter json=run.json', 'many, into one report')
    .example('$0 run my.yaml --set broker.flush=never', 'with one setting changed') as unknown as Argv<RunArguments>;
}
