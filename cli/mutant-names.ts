import { UsageError } from './errors.js';

/** @throws UsageError when there is no mutant of one of these names */
export async function checkMutants(names: readonly string[], what = '--mutant'): Promise<void> {
  if (names.length === 0) return;
  const { MUTANTS } = await import('../engine/index.js');
  const { nearest } = await import('../scenarios/index.js');
  const known = MUTANTS.map(({ name }) => name);
  const unknown = names.find((name) => !known.some((mutant) => mutant === name));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw new UsageError(`${what}: there is no mutant "${unknown}". ${near === null ? 'docs/mutants.md lists them.' : `Did you mean ${near}?`}`);
}
