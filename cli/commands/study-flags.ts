import type { Argv } from 'yargs';
import { withVerifyFlag } from './verify-flag.js';

/** What all studies of many runs share. */
export function withStudyFlags<T>(yargs: Argv<T>, reporters: string, seeds: { readonly default?: string; readonly described: string }): Argv<T> {
  return withVerifyFlag(yargs)
    .option('seeds', { type: 'string', requiresArg: true, ...(seeds.default === undefined ? { defaultDescription: seeds.described } : { default: seeds.default }), describe: 'which seeds, the same everywhere: 1..10, 7, or 1,5,9' })
    .option('jobs', { type: 'string', alias: 'j', requiresArg: true, defaultDescription: 'all cores', describe: 'how many worker threads; the result does not depend on it' })
    .option('reporter', { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'pretty', describe: `${reporters}; name or name=file (repeatable)` })
    .option('quiet', { type: 'boolean', default: false, describe: 'no text for people' })
    .option('no-color', { type: 'boolean', default: false, describe: 'no colours' }) as unknown as Argv<T>;
}

/** `--measure`, repeatable. */
export const withMeasureFlag = <T>(yargs: Argv<T>, usual: string): Argv<T> =>
  yargs.option('measure', { type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: usual, describe: 'a figure such as "p99(endToEnd)", throughput or "ratio(redelivered)" (repeatable)' }) as unknown as Argv<T>;
