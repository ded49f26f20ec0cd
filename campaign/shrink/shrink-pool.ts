import { type Explicit, InterruptedError, type RunResult, type Scenario, WorkloadTooLargeError } from '../../scenarios/index.js';
import { defaultMemoryMiB, RunFaultError, WorkerLostError, WorkerPool } from '../pool/index.js';
import { MessageTracks } from './message-tracks.js';
import type { CandidateOptions, Judged, ShrinkRuns } from './shrink-runs.js';
import { shrinkWorkerFile } from './shrink-worker-file.js';
import type { ShrinkJob, ShrinkReply } from './shrink-worker.js';

export interface ShrinkPoolOptions {
  /** Real time that one run may take, in milliseconds. Default: no limit. */
  readonly runMillis?: number;
  /** Whether each is made twice; one that comes out differently fails with a `RunFaultError` that says where. Default false. */
  readonly verify?: boolean;
  /** Ends a run at once; only the smallest that was found is still run whole. */
  readonly signal?: AbortSignal;
  /** JavaScript heap that the worker may have, in MiB. */
  readonly memoryMiB?: number;
}

/**
 * Makes the runs of shrinking in a worker thread, one after the other. A candidate that does not end, or takes all memory, is lost alone; the
 * run that is to be made smaller, and the smallest, fail with a {@link RunFaultError} then.
 */
export class ShrinkPool implements ShrinkRuns {
  /** Null before the first run. */
  #pool: WorkerPool<ShrinkJob, ShrinkReply> | null = null;
  readonly #options: ShrinkPoolOptions;

  constructor(options: ShrinkPoolOptions = {}) {
    this.#options = options;
  }

  /** @throws InterruptedError when the signal is aborted */
  async explicit(scenario: Scenario, { seed, mutants }: { readonly seed: string; readonly mutants: readonly string[] }): Promise<Explicit> {
    const reply = await this.#run({ want: 'explicit', verify: this.#verify, scenario, seed, mutants }, seed, this.#options.signal);
    if ('tooLarge' in reply) throw new WorkloadTooLargeError(reply.tooLarge);
    return (reply as Extract<ShrinkReply, { explicit: unknown }>).explicit;
  }

  async judge(candidate: Scenario, options: CandidateOptions): Promise<Judged | 'lost' | null> {
    try {
      const reply = await this.#run({ want: 'judged', verify: this.#verify, scenario: candidate, ...options }, candidate.seed, this.#options.signal);
      const { judged } = reply as Extract<ShrinkReply, { judged: unknown }>;
      return judged === null ? null : { outcome: judged.outcome, tracks: new MessageTracks(judged.tracks) };
    } catch (error) {
      if (error instanceof InterruptedError || (error instanceof RunFaultError && error.kind !== 'threw')) return 'lost';
      throw error;
    }
  }

  async whole(scenario: Scenario, { mutants }: { readonly mutants: readonly string[] }): Promise<RunResult> {
    return ((await this.#run({ want: 'whole', verify: this.#verify, scenario, mutants }, scenario.seed)) as Extract<ShrinkReply, { whole: unknown }>).whole;
  }

  /** Ends the worker at once. */
  async close(): Promise<void> {
    await this.#pool?.stop();
  }

  get #verify(): boolean {
    return this.#options.verify === true;
  }

  #begun(): WorkerPool<ShrinkJob, ShrinkReply> {
    const { runMillis = Infinity, memoryMiB = defaultMemoryMiB(1) } = this.#options;
    return (this.#pool ??= new WorkerPool({ filename: shrinkWorkerFile(), name: 'shrinkForPool', workers: 1, memoryMiB, runMillis }));
  }

  /** @throws RunFaultError */
  async #run(job: ShrinkJob, seed: string, signal?: AbortSignal): Promise<Exclude<ShrinkReply, { thrown: unknown }>> {
    const subject = { scenario: job.scenario.file === '' ? job.scenario.name : job.scenario.file, seed };
    let reply: ShrinkReply;
    try {
      reply = await this.#begun().run(job, { signal });
    } catch (error) {
      if (signal?.aborted === true) throw new InterruptedError(job.scenario.name);
      if (!(error instanceof WorkerLostError)) throw error;
      throw new RunFaultError(error.kind, { ...subject, runMillis: this.#options.runMillis ?? Infinity, cause: error.cause });
    }
    if ('thrown' in reply) throw new RunFaultError('threw', { ...subject, cause: reply.thrown });
    return reply;
  }
}
