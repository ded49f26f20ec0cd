import type { Argv } from 'yargs';

/** `--mutant`: to see the judge convict. */
export function withMutantFlag<T>(yargs: Argv<T>): Argv<T> {
  return yargs.option('mutant', {
    type: 'string',
    array: true,
    nargs: 1,
    default: [] as string[],
    defaultDescription: 'none',
    describe: 'switch on a deliberate bug of the engine, to see the judge find it (repeatable; docs/mutants.md)',
  });
}
