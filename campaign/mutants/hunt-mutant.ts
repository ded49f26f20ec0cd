import { runScenario, type RunResult } from '../../scenarios/index.js';
import { hunt, type Prey } from '../fuzz/index.js';
import type { HuntOutcome, HuntTask } from './hunt-task.js';

/**
 * Hunts for one mutant, in this thread, until a run breaks a promise. The same run without the mutant must break none: otherwise
 * the find is no proof, and the hunt ends with a fault that says so.
 */
export function huntMutant({ mutant, ...options }: HuntTask): HuntOutcome {
  const start = performance.now();
  try {
    const { found, runs, failure } = hunt({ ...options, mutants: [mutant] });
    const fault = failure === null ? null : faultWithout(mutant, failure);
    const isProof = found && fault === null;
    return { found: isProof, runs, millis: performance.now() - start, violated: isProof && failure !== null ? violatedIn(failure.result) : [], fault };
  } catch (error) {
    return { found: false, runs: 0, millis: performance.now() - start, violated: [], fault: error instanceof Error ? error.message : String(error) };
  }
}

function faultWithout(mutant: string, { run: { scenario, seed } }: Prey): string | null {
  const broken = violatedIn(runScenario(scenario, { seed }));
  return broken.length === 0 ? null : `the run with seed ${seed} breaks ${broken.join(', ')} without ${mutant}, too`;
}

function violatedIn({ verdicts }: RunResult): string[] {
  return verdicts.filter(({ verdict }) => verdict === 'violated').map(({ invariant }) => invariant);
}
