import { retell, type RunAsyncOptions, type RunOptions, type Scenario } from '../../scenarios/index.js';
import { RepeatedRuns } from './repeated-runs.js';

/** What a run is made of that is made twice. */
type Options = Pick<RunOptions, 'mutants' | 'maxEvents'> & Pick<RunAsyncOptions, 'signal'> & { readonly seed: string };

/**
 * Runs a scenario twice, giving way to others now and then, and compares every event. Further runs can be compared with what it answers.
 *
 * @throws UnrepeatableRunError with the first event that differs
 * @throws InterruptedError when the signal is aborted
 */
export async function verifyInTurns(scenario: Scenario, options: Options): Promise<RepeatedRuns> {
  const runs = new RepeatedRuns({ scenario, seed: options.seed, verify: true });
  for (const _ of ['once', 'again']) await runs.makeInTurns((watch) => retell(scenario, [], { ...options, ...watch }));
  return runs;
}
