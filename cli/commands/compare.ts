import type { Argv } from 'yargs';
import { type CompareArguments, compareRuns } from '../compare-variants.js';
import type { CommandFactory } from './command.js';
import { withMeasureFlag, withStudyFlags } from './study-flags.js';

/** `queuelab compare A B...` */
export const compareCommand: CommandFactory<CompareArguments> = (context, begin) => ({
  command: 'compare [files..]',
  describe: 'hold results or scenarios against each other: what is better, what is worse, what is chance',
  builder: (yargs) =>
    withMeasureFlag(withStudyFlags(yargs, 'pretty, json, html', { described: '1..10, or those of saved results' }), 'those that matter most')
      .positional('files', { type: 'string', array: true, describe: 'saved results (.json), scenario files, folders or names that `list` shows; the first is what the others are held against' })
      .option('set', { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none', describe: 'change a setting of all scenarios that are run: path=value (repeatable)' })
      .option('tolerance', { type: 'string', requiresArg: true, default: '1%', describe: 'a difference up to this share counts as no change' })
      .option('fail-on', { type: 'string', requiresArg: true, describe: 'regressed (a figure worse, messages lost, a promise broken that was kept), or changed for any difference that is no chance: exit code 5' })
      .option('baseline', { type: 'string', requiresArg: true, describe: 'hold one scenario or result against the baseline of this name, in .queuelab/baselines' })
      .option('save', { type: 'boolean', default: false, describe: 'save it as the baseline instead' })
      .option('any-load', { type: 'boolean', default: false, describe: 'compare different scenarios even when they are offered different loads' })
      .example('$0 compare before.json after.json', 'two files that `run --reporter json=FILE` wrote')
      .example('$0 compare delivery-guarantees --reporter html=guarantees.html', 'three ways to handle a message, on one workload')
      .example('$0 compare my.yaml --baseline main --save', 'what later runs are held against')
      .example('$0 compare my.yaml --baseline main --fail-on regressed', 'a build fails when something became worse') as unknown as Argv<CompareArguments>,
  handler: (args) => begin(() => compareRuns(args, context)),
});
