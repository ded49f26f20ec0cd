import type { Argv } from 'yargs';

/** `--run-timeout`: no run may hold up the others for ever. */
export function withRunTimeoutFlag<T>(yargs: Argv<T>, usual: string): Argv<T> {
  return yargs.option('run-timeout', {
    type: 'string',
    requiresArg: true,
    default: usual,
    describe: 'real time that one run may take; one that does not end is told of, and the others go on',
  });
}
