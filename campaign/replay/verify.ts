import type { Scenario } from '../../scenarios/index.js';
import { describeParting, type Parting, partingOf } from './parting.js';
import { runWithTrail } from './reproduction.js';
import { STRETCH } from './trail.js';

/** Thrown when a run comes out differently the second time, which nothing that a scenario says may cause: a fault of queuelab. */
export class UnrepeatableRunError extends Error {
  readonly code = 'QL_REPLAY_UNREPEATABLE';
  readonly parting: Parting | null;
  constructor(scenario: string, seed: string, parting: Parting | null) {
    const where = parting === null ? ['It could not be seen where.'] : describeParting(parting);
    super([`The run of ${scenario} with seed ${seed} came out differently the second time.`, ...where].join('\n'));
    this.name = 'UnrepeatableRunError';
    this.parting = parting;
  }
}

type Options = { readonly seed: string; readonly mutants: readonly string[] };
type RunTrail = typeof runWithTrail;

/**
 * Runs a scenario twice and compares every event.
 *
 * @param run for tests: what makes a run
 * @throws UnrepeatableRunError with the first event that differs
 */
export function verifyRun(scenario: Scenario, options: Options, run: RunTrail = runWithTrail): void {
  const none = { to: 0 };
  const [first, second] = [run(scenario, options, none), run(scenario, options, none)];
  if (first.result.fingerprint === second.result.fingerprint) return;
  const { digests } = first.trail;
  const stretch = digests.findIndex((digest, index) => digest !== second.trail.digests[index]);
  throw new UnrepeatableRunError(scenario.file || scenario.name, options.seed, partingIn(scenario, options, Math.max(0, stretch) * STRETCH, run));
}

/** The error for a run that came out differently, with the first event that does: it is run again to find out. */
export function unrepeatable(scenario: Scenario, { seed, mutants = [] }: { readonly seed: string; readonly mutants?: readonly string[] }): UnrepeatableRunError {
  try {
    verifyRun(scenario, { seed, mutants });
    return new UnrepeatableRunError(scenario.file || scenario.name, seed, null);
  } catch (error) {
    if (error instanceof UnrepeatableRunError) return error;
    throw error;
  }
}

/** Runs twice more and looks at the events of the stretch in which the runs part. */
function partingIn(scenario: Scenario, options: Options, from: number, run: RunTrail): Parting | null {
  const kept = { from, to: from + STRETCH };
  const [one, other] = [run(scenario, options, kept), run(scenario, options, kept)];
  return partingOf(one.trail.rows, other.trail.rows, from);
}
