import type { Argv } from 'yargs';

/** `--no-shrink`, for commands that make failures small by themselves. */
export function withNoShrinkFlag<T>(yargs: Argv<T>): Argv<T> {
  return yargs.option('no-shrink', { type: 'boolean', default: false, describe: 'leave failures as they are instead of making the first of each kind as small as it can be' });
}
