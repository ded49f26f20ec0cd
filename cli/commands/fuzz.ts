import type { Argv } from 'yargs';
import type { FuzzArguments } from '../fuzz-arguments.js';
import { fuzzScenario } from '../fuzz-scenario.js';
import type { CommandFactory } from './command.js';
import { withNoShrinkFlag } from './no-shrink-flag.js';
import { RUN_TIMEOUTS } from '../run-timeout.js';
import { withRunTimeoutFlag } from './run-timeout-flag.js';
import { withVerifyFlag } from './verify-flag.js';

/** `queuelab fuzz FILE` */
export const fuzzCommand: CommandFactory<FuzzArguments> = (context, begin) => ({
  command: 'fuzz [file]',
  describe: 'draw hostile mixes of faults and workloads until something breaks, and make it small',
  builder: (yargs) => withVerifyFlag(withNoShrinkFlag(withSearchFlags(withLimits(yargs.positional('file', { type: 'string', describe: 'a scenario file, or a name that `list` shows' })))))
    .option('corpus', { type: 'string', alias: 'out', requiresArg: true, defaultDescription: '.queuelab/corpus/NAME', describe: 'folder of failing and ground-breaking runs, done first' })
    .option('quiet', { type: 'boolean', default: false, describe: 'print nothing but failures and errors' })
    .option('no-color', { type: 'boolean', default: false, describe: 'print without colours' })
    .example('$0 fuzz hunting-ground --runs 10000', 'a scenario that comes with queuelab')
    .example('$0 fuzz my.yaml --for 10m', 'for ten minutes')
    .example('$0 fuzz my.yaml --until-plateau', 'until 200 runs after one another reached nothing new') as unknown as Argv<FuzzArguments>,
  handler: (args) => begin(() => fuzzScenario(args, context)),
});

function withLimits<T>(yargs: Argv<T>): Argv<T> {
  return withRunTimeoutFlag(yargs, RUN_TIMEOUTS.drawn)
    .option('runs', { type: 'string', requiresArg: true, defaultDescription: '1000', describe: 'runs to draw at most; no limit with --for, --until-fail or --until-plateau' })
    .option('for', { type: 'string', requiresArg: true, describe: 'begin no more runs after this time, such as 10m' })
    .option('until-fail', { type: 'boolean', default: false, describe: 'go on until a promise is broken' })
    .option('until-plateau', { type: 'string', describe: 'stop when so many runs after one another reached nothing new (200 without a number)' })
    .option('max-failures', { type: 'string', requiresArg: true, defaultDescription: '5', describe: 'stop at so many failures that differ when they are small' });
}

function withSearchFlags<T>(yargs: Argv<T>): Argv<T> {
  return yargs
    .option('jobs', { type: 'string', alias: 'j', requiresArg: true, defaultDescription: 'all cores', describe: 'how many worker threads; the outcome does not depend on it' })
    .option('seed', { type: 'string', requiresArg: true, describe: "everything that is drawn follows from it; by default the scenario's own" })
    .option('strategy', { type: 'string', requiresArg: true, default: 'coverage', describe: 'uniform: every fault at any time. swarm: families masked, heavy tails, sequences. coverage: the same, guided by what was reached' })
    .option('beyond-contract', { type: 'boolean', default: false, describe: 'also faults that may lose confirmed messages; the contract then says which losses are legal' })
    .option('set', { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none', describe: 'change a setting: path=value, or path=null for its default (repeatable)' })
    .option('mutant', { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none', describe: 'switch a deliberate bug on, to see it found (repeatable)' });
}
