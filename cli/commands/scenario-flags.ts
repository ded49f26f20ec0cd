import type { Argv } from 'yargs';

/** Which scenarios a command runs, and with which settings. */
export function withScenarioFlags<T>(yargs: Argv<T>): Argv<T> {
  return yargs
    .positional('files', {
      type: 'string',
      array: true,
      describe: 'scenario files, folders, patterns such as "scenarios/**/*.yaml", or names that `list` shows',
    })
    .option('set', {
      type: 'string',
      array: true,
      nargs: 1,
      default: [] as string[],
      defaultDescription: 'none',
      describe: 'change a setting: path=value, or path=null for its default (repeatable)',
    });
}
