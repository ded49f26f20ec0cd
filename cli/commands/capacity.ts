import type { Argv } from 'yargs';
import { type CapacityArguments, seekCapacity } from '../seek-capacity.js';
import type { CommandFactory } from './command.js';
import { withStudyFlags } from './study-flags.js';

/** `queuelab capacity FILE --until 'p99(endToEnd) < 50ms'` */
export const capacityCommand: CommandFactory<CapacityArguments> = (context, begin) => ({
  command: 'capacity <file>',
  describe: 'seek the highest rate at which a threshold is kept, and what saturates there',
  builder: (yargs) =>
    withStudyFlags(yargs, 'pretty, json, html', { default: '1..3', described: '' })
      .positional('file', { type: 'string', demandOption: true, describe: 'a scenario file, or a name that `list` shows; its producers are made faster or slower together' })
      .option('until', { type: 'string', requiresArg: true, demandOption: true, describe: 'what has to be kept, such as "p99(endToEnd) < 50ms"' })
      .option('set', { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'none', describe: 'change a setting: path=value (repeatable)' })
      .option('precision', { type: 'string', requiresArg: true, default: '2%', describe: 'how closely the rate is found' })
      .example('$0 capacity my.yaml --until "p99(endToEnd) < 50ms"', 'the same answer on every machine') as unknown as Argv<CapacityArguments>,
  handler: (args) => begin(() => seekCapacity(args, context)),
});
