import { totalmem } from 'node:os';
import { Piscina } from 'piscina';
import { PoolStoppedError, RunFaultError } from './errors.js';
import type { RunJob, RunReply } from './job.js';
import { ScenarioPacker } from './scenario-parcel.js';
import { workerFile } from './worker-file.js';
import type { ParcelledJob, ParcelledReply } from './worker.js';

/** Threads that a pool may have. */
export const MAX_WORKERS = 256;

export interface RunPoolOptions {
  /** Worker threads, 1 to {@link MAX_WORKERS}. */
  readonly workers: number;
  /** JavaScript heap that each may have, in MiB. By default two thirds of the machine's memory are shared out, at most 4 GiB each. */
  readonly memoryMiB?: number;
}

/**
 * Does runs in worker threads. A run that throws, dies or takes all memory fails alone, with a {@link RunFaultError}: its worker is
 * replaced and the others go on. Which worker does a run, and when, has no influence on its result.
 *
 * @example
 * const pool = new RunPool({ workers: 2 });
 * const replies = await Promise.all(seeds.map((seed) => pool.run({ scenario, seed, want: 'unmet' })));
 * await pool.close();
 */
export class RunPool {
  readonly workers: number;
  readonly #pool: Piscina<ParcelledJob, ParcelledReply>;
  readonly #packer = new ScenarioPacker();
  #isStopped = false;

  constructor({ workers, memoryMiB = defaultMemoryMiB(workers) }: RunPoolOptions) {
    if (!Number.isSafeInteger(workers) || workers < 1 || workers > MAX_WORKERS) {
      throw new RangeError(`A pool has 1 to ${MAX_WORKERS} workers, not ${workers}.`);
    }
    this.workers = workers;
    this.#pool = new Piscina({
      filename: workerFile(),
      name: 'work',
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: Infinity,
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
    });
    // A worker that dies between two runs is replaced when the next one comes.
    this.#pool.on('error', () => undefined);
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
      const kind = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'worker-died';
      throw new RunFaultError(kind, scenario.file, job.seed, error);
    }
    if ('thrown' in answer) throw new RunFaultError('threw', scenario.file, job.seed, answer.thrown);
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
    await this.#pool.destroy();
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
