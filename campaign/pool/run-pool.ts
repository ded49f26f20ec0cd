import { totalmem } from 'node:os';
import { PoolStoppedError, RunFaultError } from './errors.js';
import type { RunJob, RunReply } from './job.js';
import { ScenarioPacker } from './scenario-parcel.js';
import { workerFile } from './worker-file.js';
import { WorkerLostError, WorkerPool } from './worker-pool.js';
import type { ParcelledJob, ParcelledReply } from './worker.js';

/** Threads that a pool may have. */
export const MAX_WORKERS = 256;

export interface RunPoolOptions {
  /** Worker threads, 1 to {@link MAX_WORKERS}. */
  readonly workers: number;
  /** JavaScript heap that each may have, in MiB. By default two thirds of the machine's memory are shared out, at most 4 GiB each. */
  readonly memoryMiB?: number;
  /**
   * Real time that one run may take, in milliseconds; a job that makes several runs may take as long for each. Default: no limit. Which
   * runs end in time depends on the machine, so it is for runs that would go on for ever.
   */
  readonly runMillis?: number;
}

/**
 * Does runs in worker threads. A run that throws, dies, takes all memory or does not end fails alone, with a {@link RunFaultError}: its
 * worker is replaced and the others go on. Which worker does a run, and when, has no influence on its result.
 *
 * @example
 * const pool = new RunPool({ workers: 2 });
 * const replies = await Promise.all(seeds.map((seed) => pool.run({ scenario, seed, want: 'unmet' })));
 * await pool.close();
 */
export class RunPool {
  readonly workers: number;
  readonly #pool: WorkerPool<ParcelledJob, ParcelledReply>;
  readonly #runMillis: number;
  readonly #packer = new ScenarioPacker();
  #isStopped = false;

  constructor({ workers, memoryMiB = defaultMemoryMiB(workers), runMillis = Infinity }: RunPoolOptions) {
    if (!Number.isSafeInteger(workers) || workers < 1 || workers > MAX_WORKERS) {
      throw new RangeError(`A pool has 1 to ${MAX_WORKERS} workers, not ${workers}.`);
    }
    this.workers = workers;
    this.#runMillis = runMillis;
    this.#pool = new WorkerPool({ filename: workerFile(), name: 'work', workers, memoryMiB, runMillis });
  }

  /**
   * @throws RunFaultError when the run fails instead of giving a result
   * @throws PoolStoppedError when the pool was stopped or closed
   */
  async run(job: RunJob): Promise<RunReply> {
    if (this.#isStopped) throw new PoolStoppedError();
    const { scenario, ...rest } = job;
    let answer: ParcelledReply;
    try {
      answer = await this.#pool.run({ ...rest, parcel: this.#packer.pack(scenario) });
    } catch (error) {
      if (this.#isStopped) throw new PoolStoppedError();
      if (!(error instanceof WorkerLostError)) throw error;
      throw new RunFaultError(error.kind, { scenario: scenario.file, seed: job.seed, runMillis: this.#runMillis, cause: error.cause });
    }
    if ('thrown' in answer) throw new RunFaultError('threw', { scenario: scenario.file, seed: job.seed, cause: answer.thrown });
    return answer.reply;
  }

  /** Ends the workers when the runs that they were given are over. */
  async close(): Promise<void> {
    await this.#pool.close();
    this.#isStopped = true;
  }

  /** Ends the workers at once; runs that are not over fail with a {@link PoolStoppedError}. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#pool.stop();
  }
}

const MEBIBYTE = 1024 * 1024;
const MAX_MEMORY_MIB = 4096;
const MIN_MEMORY_MIB = 256;

/** Two thirds of the machine's memory, shared out. */
export function defaultMemoryMiB(workers: number): number {
  const share = Math.floor((totalmem() * 2) / 3 / MEBIBYTE / workers);
  return Math.min(MAX_MEMORY_MIB, Math.max(MIN_MEMORY_MIB, share));
}
