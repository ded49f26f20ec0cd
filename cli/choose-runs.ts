import type { Argv } from 'yargs';
import type { RunResult } from '../scenarios/index.js';
import { UsageError } from './errors.js';

/** Which runs of the results are meant. */
export interface ChoiceOfRuns {
  /** From 1, in the order in which the files hold them. */
  readonly run: number | undefined;
  readonly seed: string | undefined;
}

export const withChoiceOfRuns = <T>(yargs: Argv<T>) =>
  yargs
    .option('run', { type: 'number', requiresArg: true, describe: 'which run of a file that holds several, from 1' })
    .option('seed', { type: 'string', requiresArg: true, describe: 'the runs with this seed, of a file that holds several' });

/** The runs that are meant, all without a choice. @throws UsageError when there is none */
export function chooseRuns(results: readonly RunResult[], { run, seed }: ChoiceOfRuns, file: string): readonly RunResult[] {
  if (run !== undefined && seed !== undefined) throw new UsageError('Either --run or --seed: not both at once.');
  if (run !== undefined) {
    const chosen = results[run - 1];
    if (chosen === undefined) throw new UsageError(`--run ${run}: ${file} holds ${results.length} ${results.length === 1 ? 'run' : 'runs'}.`);
    return [chosen];
  }
  if (seed === undefined) return results;
  const chosen = results.filter((result) => result.seed === seed);
  if (chosen.length === 0) throw new UsageError(`--seed ${seed}: ${file} holds no run with this seed, but with ${seedsIn(results)}.`);
  return chosen;
}

const MAX_SEEDS = 8;

function seedsIn(results: readonly RunResult[]): string {
  const seeds = [...new Set(results.map(({ seed }) => seed))];
  const left = seeds.length - MAX_SEEDS;
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.slice(0, MAX_SEEDS).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}
