import { judgeScenario, type RunOptions, type RunOutcome, type Scenario } from '../../scenarios/index.js';
import { CoverageObserver } from './coverage-observer.js';
import { sceneOf } from './scene.js';

/** A run, and what it reached. */
export interface ObservedRun {
  /** Without figures and story, which few of many runs are asked for. */
  readonly result: RunOutcome;
  /** For each point of the universe 1 when it was reached. */
  readonly hits: Uint8Array;
  /** For each point when it was first reached, in microseconds; NaN for never. */
  readonly moments: Float64Array;
}

/** Runs a scenario and notes what it reaches. The verdicts are the same as without. */
export function runObserved(scenario: Scenario, options: RunOptions = {}): ObservedRun {
  const scene = sceneOf(scenario);
  let coverage: CoverageObserver | null = null;
  const result = judgeScenario(scenario, {
    ...options,
    observers: [...(options.observers ?? []), (names) => (coverage = new CoverageObserver(names, scene))],
  });
  const observed = coverage as CoverageObserver | null;
  observed?.judged(result.verdicts);
  return { result, hits: observed?.hits ?? new Uint8Array(), moments: observed?.moments ?? new Float64Array() };
}
