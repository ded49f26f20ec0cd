import type { Failure, ShrinkLimits, ShrinkResult, ShrinkRuns, ShrinkStop } from '../campaign/index.js';
import type { Scenario } from '../scenarios/index.js';

/**
 * Runs that one failure may take to be made small when the user does not say how many. Runs and not time, so that what is left is the
 * same on every machine.
 */
export const AUTOMATIC_SHRINK_RUNS = 1_000;

/** Real time after which no further failure of one command is begun to be made small; the one at work is brought to its end. */
export const SHRINK_MILLIS = 120_000;

/** The same for people. */
export const SHRINK_TIME = `${SHRINK_MILLIS / 60_000} minutes`;

export interface ShrinkFailureOptions {
  readonly seed: string;
  readonly mutants: readonly string[];
  /** Default: that of the run. */
  readonly failure?: Failure;
  /** The promise whose breach is to stay, where it is not the first of the run. */
  readonly promise?: string;
  readonly limits: ShrinkLimits;
  /** Who makes them: one for all failures of a command, since a thread that has made runs makes others faster. */
  readonly runs: ShrinkRuns;
  readonly signal: AbortSignal;
}

/** Makes a failing run small; a sentence when that cannot be. An interruption keeps the smallest that was found until then. */
export async function shrinkFailure(scenario: Scenario, options: ShrinkFailureOptions): Promise<ShrinkResult | string> {
  const { NothingToShrinkError, RunFaultError, shrink } = await import('../campaign/index.js');
  const { WorkloadTooLargeError } = await import('../scenarios/index.js');
  try {
    return await shrink(scenario, options);
  } catch (error) {
    if (options.signal.aborted) return 'Interrupted before anything smaller was found.';
    const isTold = error instanceof NothingToShrinkError || error instanceof WorkloadTooLargeError || (error instanceof RunFaultError && error.kind === 'did-not-end');
    if (isTold) return error.message;
    throw error;
  }
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const STOPPED_BY: Readonly<Record<ShrinkStop, string>> = {
  runs: 'its limit of runs', time: 'its limit of time', interrupted: 'an interruption', 'lost-runs': 'runs that did not end, or took their thread along',
};

/** How much smaller it became, as the end of a sentence. */
export function shrinkWords({ before, after, runs, stopped }: ShrinkResult): string {
  const left = `from ${counted(before.faults, 'fault')} and ${counted(before.messages, 'message')} to ${after.faults} and ${after.messages} in ${runs} runs`;
  return stopped === null ? left : `${left}; stopped by ${STOPPED_BY[stopped]}`;
}

/** The command that runs a written failure again. A deliberate bug is not in the file. */
export const commandOf = (file: string, mutants: readonly string[]): string =>
  `npx queuelab run ${/^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`}${mutants.map((mutant) => ` --mutant ${mutant}`).join('')}`;
