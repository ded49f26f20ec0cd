import type { Failure, RunOne, ShrinkLimits, ShrinkResult } from '../campaign/index.js';
import type { Scenario } from '../scenarios/index.js';

/**
 * Runs that one failure may take to be made small when the user does not say how many. Runs and not time, so that what is left is the
 * same on every machine.
 */
export const AUTOMATIC_SHRINK_RUNS = 1_000;

export interface ShrinkFailureOptions {
  readonly seed: string;
  readonly mutants: readonly string[];
  /** Default: that of the run. */
  readonly failure?: Failure;
  readonly limits: ShrinkLimits;
  /** Whether each run is made twice. Default false. */
  readonly verify?: boolean;
  readonly signal: AbortSignal;
}

/** Makes a failing run small; a sentence when that cannot be. An interruption keeps the smallest that was found until then. */
export async function shrinkFailure(scenario: Scenario, { verify = false, ...options }: ShrinkFailureOptions): Promise<ShrinkResult | string> {
  const { NothingToShrinkError, shrink } = await import('../campaign/index.js');
  const { WorkloadTooLargeError } = await import('../scenarios/index.js');
  try {
    return await shrink(scenario, { ...options, run: verify ? await verified(givingWay) : givingWay });
  } catch (error) {
    if (options.signal.aborted) return 'Interrupted before anything smaller was found.';
    if (error instanceof NothingToShrinkError || error instanceof WorkloadTooLargeError) return error.message;
    throw error;
  }
}

/** One run, in this thread; before it, what the user does (an interruption) is heard. */
export const givingWay: RunOne = async (scenario, options) => {
  const { judgeScenario } = await import('../scenarios/index.js');
  await new Promise((heard) => setImmediate(heard));
  return judgeScenario(scenario, options);
};

/** Each run twice, which fails with an `UnrepeatableRunError` when the two differ. */
export async function verified(run: RunOne): Promise<RunOne> {
  const { RunPair } = await import('../campaign/index.js');
  return async (scenario, options) => {
    const pair = new RunPair(scenario, options.seed ?? scenario.seed);
    const outcome = await run(scenario, { ...options, observers: [...(options.observers ?? []), pair.observe] });
    pair.compare(outcome, await run(scenario, { ...options, observers: [pair.observe] }));
    return outcome;
  };
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** How much smaller it became, as the end of a sentence. */
export function shrinkWords({ before, after, runs, stopped }: ShrinkResult): string {
  const left = `from ${counted(before.faults, 'fault')} and ${counted(before.messages, 'message')} to ${after.faults} and ${after.messages} in ${runs} runs`;
  return stopped === null ? left : `${left}; stopped by ${stopped === 'interrupted' ? 'an interruption' : `its limit of ${stopped}`}`;
}

/** The command that runs a written failure again. A deliberate bug is not in the file. */
export const commandOf = (file: string, mutants: readonly string[]): string =>
  `npx queuelab run ${/^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`}${mutants.map((mutant) => ` --mutant ${mutant}`).join('')}`;
