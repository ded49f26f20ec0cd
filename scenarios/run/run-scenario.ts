import { withTrap } from '../../sim/index.js';
import type { Scenario } from '../model.js';
import type { RunResult } from '../run-result.js';
import { Experiment } from './experiment.js';
import { InterruptedError, type RunAsyncOptions, type RunOptions } from './options.js';
import { platformTraps } from './platform-traps.js';
import { messageToExplain, withStory } from './result.js';
import { storyOf } from './story.js';

/**
 * Runs a scenario to its end and returns its result. The same scenario, seed and version give the same result on every machine.
 *
 * @throws NondeterminismError when code of the run reaches for real time, chance, timers or files
 */
export function runScenario(scenario: Scenario, options: RunOptions = {}): RunResult {
  return withTrap(platformTraps(), () => {
    const experiment = new Experiment(scenario, options);
    while (experiment.advance()) continue;
    return explained(scenario, options, experiment.result());
  });
}

/** Real time that a run may take before others get their turn. */
const TURN_MILLIS = 40;

/** The same, giving way to others now and then, with progress and a way to stop it. */
export async function runScenarioAsync(scenario: Scenario, options: RunAsyncOptions = {}): Promise<RunResult> {
  const traps = platformTraps();
  // Taken before the traps are set: how long a turn lasts is no part of the run.
  const realMillis = performance.now.bind(performance);
  const experiment = withTrap(traps, () => new Experiment(scenario, options));
  const turn = (): boolean => {
    const end = realMillis() + TURN_MILLIS;
    while (experiment.advance()) if (realMillis() >= end) return true;
    return false;
  };
  while (withTrap(traps, turn)) {
    options.onProgress?.(experiment.progress);
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (options.signal?.aborted === true) throw new InterruptedError(scenario.name);
  }
  return withTrap(traps, () => explained(scenario, options, experiment.result()));
}

function explained(scenario: Scenario, options: RunOptions, result: RunResult): RunResult {
  const message = messageToExplain(result);
  return message === 0 ? result : withStory(result, storyOf(scenario, options, message));
}
