import type { Argv } from 'yargs';

/** `--verify`: to trust no run that does not repeat itself. */
export function withVerifyFlag<T>(yargs: Argv<T>): Argv<T> {
  return yargs.option('verify', {
    type: 'boolean',
    default: false,
    describe: 'make each run twice and compare; a difference is a fault of queuelab (70), told with the first event that differs',
  });
}
