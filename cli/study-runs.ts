import type { Candidate, Variant } from '../campaign/index.js';
import { parseWorkers } from './check-arguments.js';
import { RunFault, UsageError, UserError } from './errors.js';

/** Seeds that one study may take. */
const MAX_SEEDS = 1_000;
const MAX_PERCENT = 100;

/** @throws UsageError */
export async function studySeeds(text: string): Promise<string[]> {
  const { Seeds, SeedsError } = await import('../campaign/index.js');
  try {
    const seeds = Seeds.parse(text);
    if ((seeds.count ?? Infinity) > MAX_SEEDS) throw new UsageError(`--seeds ${text}: a study takes at most ${MAX_SEEDS} seeds.`);
    return [...seeds];
  } catch (error) {
    throw error instanceof SeedsError ? new UsageError(error.message) : error;
  }
}

/** A share, from `1%` or `0.01`. @throws UsageError */
export function parseShare(flag: string, text: string, { least, most }: { readonly least: number; readonly most: number }): number {
  const [, number, percent] = /^\s*(\d+(?:\.\d+)?)\s*(%)?\s*$/.exec(text) ?? [];
  const value = number === undefined ? NaN : Number(number) / (percent === undefined ? 1 : MAX_PERCENT);
  if (!(value >= least && value <= most)) throw new UsageError(`${flag} ${text}: give a share from ${least * MAX_PERCENT}% to ${most * MAX_PERCENT}%, such as 1%.`);
  return value;
}

export interface StudyRuns {
  readonly seeds: readonly string[];
  readonly jobs: string | undefined;
  readonly verify: boolean;
  readonly signal: AbortSignal;
  readonly onRun: (done: number, planned: number | null) => void;
}

/**
 * Does something with a pool that runs candidates.
 *
 * @throws RunFault for a run that failed, a fault of queuelab
 * @throws UserError for a study that cannot be made
 */
export async function withRuns<T>({ seeds, jobs, verify, signal, onRun }: StudyRuns, work: (run: (candidates: readonly Candidate[]) => Promise<Variant[]>) => Promise<T>): Promise<T> {
  const { RunPool, runVariants, RunFaultError } = await import('../campaign/index.js');
  const pool = new RunPool({ workers: await parseWorkers(jobs) });
  try {
    return await work((candidates) => runVariants(candidates, { pool, seeds, verify, signal, onRun }));
  } catch (error) {
    throw error instanceof RunFaultError ? new RunFault(error.scenario, error.seed, error.cause) : error;
  } finally {
    await pool.stop();
  }
}

/** A mistake in what a study asks for, told as one of the command line. */
export async function asUserError<T>(work: () => T | Promise<T>): Promise<T> {
  const { StudyError } = await import('../campaign/index.js');
  const { HistogramError } = await import('../measures/index.js');
  try {
    return await work();
  } catch (error) {
    throw error instanceof StudyError || error instanceof HistogramError ? new UserError(error.code, error.message) : error;
  }
}
