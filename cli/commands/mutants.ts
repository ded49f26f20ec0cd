import type { Argv } from 'yargs';
import { huntMutants, type MutantsArguments } from '../hunt-mutants.js';
import type { CommandFactory } from './command.js';
import { RUN_TIMEOUTS } from '../run-timeout.js';
import { withNoShrinkFlag } from './no-shrink-flag.js';
import { withRunTimeoutFlag } from './run-timeout-flag.js';
import { withVerifyFlag } from './verify-flag.js';

/** `queuelab mutants [NAME...]` */
export const mutantsCommand: CommandFactory<MutantsArguments> = (context, begin) => ({
  command: 'mutants [names..]',
  describe: 'hunt deliberate bugs of the engine, to see whether the judge finds them',
  builder: (yargs) =>
    withRunTimeoutFlag(withVerifyFlag(withNoShrinkFlag(yargs)), RUN_TIMEOUTS.drawn)
      .positional('names', { type: 'string', array: true, describe: 'mutants to hunt, by name (docs/mutants.md); all by default' })
      .option('hunts', { type: 'string', requiresArg: true, default: '3', describe: 'hunts for each mutant and strategy, each with a base seed of its own' })
      .option('runs', { type: 'string', requiresArg: true, default: '300', describe: 'runs that a hunt may take' })
      .option('strategy', { type: 'string', requiresArg: true, default: 'all', describe: 'how runs are drawn: uniform, swarm, coverage, or all of them' })
      .option('jobs', { type: 'string', alias: 'j', requiresArg: true, defaultDescription: 'all cores', describe: 'how many worker threads' })
      .option('reporter', { type: 'string', requiresArg: true, describe: 'json, or json=file: the figures for programs' })
      .option('quiet', { type: 'boolean', default: false, describe: 'no text for people' })
      .example('$0 mutants', 'all of them; fails when one is not caught, or when an invariant catches none alone')
      .example('$0 mutants reply-before-durable --hunts 20 --strategy swarm', 'how hard is this one to find?')
      .example('$0 mutants -j 2 --reporter json=mutants.json', 'on two cores, with a file for programs') as unknown as Argv<MutantsArguments>,
  handler: (args) => begin(() => huntMutants(args, context)),
});
