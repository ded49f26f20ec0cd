import { withTrap } from '../../sim/index.js';
import type { Scenario } from '../model.js';
import type { RunOutcome, RunResult } from '../run-result.js';
import { Experiment } from './experiment.js';
import { ExplainedRun } from './explained-run.js';
import { InterruptedError, type RunAsyncOptions, type RunOptions, type RunProgress } from './options.js';
import { platformTraps } from './platform-traps.js';

/**
 * Runs a scenario to its end and returns its result. The same scenario, seed and version give the same result on every machine.
 *
 * @throws NondeterminismError when code of the run reaches for real time, chance, timers or files
 * @throws DivergedError when the run cannot be repeated
 */
export function runScenario(scenario: Scenario, options: RunOptions = {}): RunResult {
  return withTrap(platformTraps(), () => {
    const run = new ExplainedRun(scenario, options);
    while (run.advance()) continue;
    return run.result();
  });
}

/**
 * The same run, for its verdicts alone: what figures, series and a story would cost is saved, which is more than half of a short run.
 *
 * @throws NondeterminismError when code of the run reaches for real time, chance, timers or files
 */
export function judgeScenario(scenario: Scenario, options: RunOptions = {}): RunOutcome {
  return withTrap(platformTraps(), () => {
    const experiment = new Experiment(scenario, options, 'outcome');
    while (experiment.advance()) continue;
    return experiment.outcome();
  });
}

/** Real time that a run may take before others get their turn. */
const TURN_MILLIS = 40;

/** The same, giving way to others now and then, with progress and a way to stop it. */
export async function runScenarioAsync(scenario: Scenario, options: RunAsyncOptions = {}): Promise<RunResult> {
  return (await runInTurns(scenario.name, () => new ExplainedRun(scenario, options), options)).result();
}

/** Something that runs slice by slice. */
interface Sliced {
  readonly progress: Omit<RunProgress, 'stage'> & Partial<Pick<RunProgress, 'stage'>>;
  advance(): boolean;
}

/**
 * Makes something and runs it to its end, giving way to others now and then.
 *
 * @throws InterruptedError
 */
export async function runInTurns<T extends Sliced>(name: string, make: () => T, options: Pick<RunAsyncOptions, 'onProgress' | 'signal'>): Promise<T> {
  const traps = platformTraps();
  // Taken before the traps are set: how long a turn lasts is no part of the run.
  const realMillis = performance.now.bind(performance);
  const run = withTrap(traps, make);
  const turn = (): boolean => {
    const end = realMillis() + TURN_MILLIS;
    while (run.advance()) if (realMillis() >= end) return true;
    return false;
  };
  while (withTrap(traps, turn)) {
    options.onProgress?.({ stage: 'run', ...run.progress });
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (options.signal?.aborted === true) throw new InterruptedError(name);
  }
  return run;
}
