import type { RunResult } from '../../scenarios/index.js';
import { hunt } from '../fuzz/index.js';
import type { HuntOutcome, HuntTask } from './hunt-task.js';

/** Hunts for one mutant, in this thread, until a run breaks the promise that must catch it. */
export function huntMutant({ mutant, invariant, ...options }: HuntTask): HuntOutcome {
  const start = performance.now();
  const millis = (): number => performance.now() - start;
  try {
    const { found, runs, failure } = hunt({ ...options, mutants: [mutant], isPrey: (result) => violatedIn(result).includes(invariant) });
    return { found, runs, millis: millis(), violated: failure === null ? [] : violatedIn(failure.result), fault: null };
  } catch (error) {
    return { found: false, runs: 0, millis: millis(), violated: [], fault: error instanceof Error ? error.message : String(error) };
  }
}

function violatedIn({ verdicts }: RunResult): string[] {
  return verdicts.filter(({ verdict }) => verdict === 'violated').map(({ invariant }) => invariant);
}
