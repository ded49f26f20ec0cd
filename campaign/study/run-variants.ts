import type { RunResult, Scenario } from '../../scenarios/index.js';
import { PoolStoppedError, RunFaultError, runInOrder, type RunJob, type RunPool } from '../pool/index.js';
import type { Variant } from './variant.js';

/** A scenario to be run with several seeds. */
export interface Candidate {
  readonly name: string;
  readonly scenario: Scenario;
}

export interface RunVariantsOptions {
  readonly pool: RunPool;
  readonly seeds: readonly string[];
  /** Make each run twice; a difference is a fault of queuelab. Left out: false. */
  readonly verify?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called when a run is over. */
  readonly onRun?: ((done: number, planned: number) => void) | undefined;
}

interface StudyJob extends RunJob {
  readonly candidate: number;
}

/**
 * Runs every candidate with every seed on all workers. Seeds are the same for all of them: common random numbers. Candidates come back
 * in the order given, whatever was over first; when interrupted, those whose runs are complete.
 *
 * @throws RunFaultError for a run that failed, a fault of queuelab
 */
export async function runVariants(candidates: readonly Candidate[], { pool, seeds, verify = false, signal, onRun }: RunVariantsOptions): Promise<Variant[]> {
  const jobs: StudyJob[] = candidates.flatMap(({ scenario }, candidate) => seeds.map((seed) => ({ scenario, seed, want: 'result', verify, candidate }) satisfies StudyJob));
  const results: RunResult[][] = candidates.map(() => []);
  let done = 0;
  const stop = (): void => void pool.stop();
  signal?.addEventListener('abort', stop);
  try {
    for await (const { job, reply, fault } of runInOrder(pool, jobs)) {
      if (fault !== null) throw fault;
      if (reply.result === null) throw new RunFaultError('threw', { scenario: job.scenario.file, seed: job.seed, cause: new Error('no result came back') });
      results[job.candidate]!.push(reply.result);
      onRun?.(++done, jobs.length);
    }
  } catch (error) {
    if (!(error instanceof PoolStoppedError && signal?.aborted === true)) throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  return candidates.map(({ name }, index) => ({ name, results: results[index]! })).filter(({ results: runs }) => runs.length === seeds.length);
}
