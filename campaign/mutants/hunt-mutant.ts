import { type RunOutcome, runScenario } from '../../scenarios/index.js';
import { hunt, type Prey } from '../fuzz/index.js';
import { UnrepeatableRunError } from '../replay/index.js';
import { NothingToShrinkError, RunsHere, type RunsHereOptions, shrink } from '../shrink/index.js';
import type { HuntOutcome, HuntTask, SmallFind } from './hunt-task.js';

/**
 * Hunts for one mutant, in this thread, until a run breaks a promise. The same run without the mutant must break none: otherwise
 * the find is no proof, and the hunt ends with a fault that says so. The find is made small if the task says so.
 *
 * @param onRun called before each run
 */
export async function huntMutant({ mutant, invariant, alone = false, shrinkRuns = 0, ...options }: HuntTask, onRun: () => void = () => undefined): Promise<HuntOutcome> {
  const start = performance.now();
  try {
    const { found, runs, failure } = hunt({ ...options, mutants: [mutant], onRun, ...(alone ? { isPrey: breaksNothingBut(invariant) } : {}) });
    onRun();
    const fault = failure === null ? null : faultWithout(mutant, failure);
    const isProof = found && fault === null;
    const millis = performance.now() - start;
    if (!isProof || failure === null) return { found: false, runs, millis, violated: [], small: null, fault };
    return { found: true, runs, millis, violated: violatedIn(failure.result), small: shrinkRuns === 0 ? null : await madeSmall(mutant, failure, { limit: shrinkRuns, onRun, verify: options.verify === true }), fault };
  } catch (error) {
    const isUnrepeatable = error instanceof UnrepeatableRunError;
    return {
      found: false, runs: 0, millis: performance.now() - start, violated: [], small: null, fault: error instanceof Error ? error.message : String(error),
      ...(isUnrepeatable ? { isUnrepeatable } : {}),
    };
  }
}

function faultWithout(mutant: string, { run: { scenario, seed } }: Prey): string | null {
  const broken = violatedIn(runScenario(scenario, { seed }));
  return broken.length === 0 ? null : `the run with seed ${seed} breaks ${broken.join(', ')} without ${mutant}, too`;
}

async function madeSmall(mutant: string, { run: { scenario, seed } }: Prey, { limit, ...how }: RunsHereOptions & { readonly limit: number }): Promise<SmallFind | null> {
  const start = performance.now();
  try {
    const { after: { faults, messages }, runs, stopped } = await shrink(scenario, { seed, mutants: [mutant], limits: { runs: limit }, runs: new RunsHere(how) });
    return { faults, messages, runs, millis: performance.now() - start, complete: stopped === null };
  } catch (error) {
    if (error instanceof NothingToShrinkError) return null;
    throw error;
  }
}

const breaksNothingBut = (invariant: string) => (outcome: RunOutcome): boolean => violatedIn(outcome).join() === invariant;

function violatedIn({ verdicts }: Pick<RunOutcome, 'verdicts'>): string[] {
  return verdicts.filter(({ verdict }) => verdict === 'violated').map(({ invariant }) => invariant);
}
