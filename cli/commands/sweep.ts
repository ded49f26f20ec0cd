import type { Argv } from 'yargs';
import { type SweepArguments, sweepSettings } from '../sweep-settings.js';
import type { CommandFactory } from './command.js';
import { withMeasureFlag, withStudyFlags } from './study-flags.js';

/** `queuelab sweep FILE --set path=a,b` */
export const sweepCommand: CommandFactory<SweepArguments> = (context, begin) => ({
  command: 'sweep <file>',
  describe: 'run a scenario at every point of a grid of settings',
  builder: (yargs) =>
    withMeasureFlag(withStudyFlags(yargs, 'pretty, json, html, csv', { default: '1..5', described: '' }), 'throughput, p50 and p99(endToEnd), mean(backlog)')
      .positional('file', { type: 'string', demandOption: true, describe: 'a scenario file, or a name that `list` shows' })
      .option('set', { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none', describe: 'a setting and its values: path=a,b,c (repeatable; the grid is all combinations)' })
      .example('$0 sweep my.yaml --set consumers.worker.concurrency=1,4,16 --set broker.flush=always,interval', 'six points')
      .example('$0 sweep my.yaml --set producers.shop.rate=100/s,200/s,400/s --reporter html', 'how latency rises with the rate') as unknown as Argv<SweepArguments>,
  handler: (args) => begin(() => sweepSettings(args, context)),
});
