import { totalmem } from 'node:os';
import { PoolStoppedError, RunFaultError } from './errors.js';
import type { RunJob, RunReply } from './job.js';
import { ScenarioPacker } from './scenario-parcel.js';
import { TaskSizes } from './task-sizes.js';
import { workerFile } from './worker-file.js';
import { RunTask, type Waiting } from './run-task.js';
import { WorkerLostError, WorkerPool } from './worker-pool.js';
import type { ParcelledJobs } from './worker.js';

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

/** Tasks for each worker: one at work and one that follows. */
const TASKS_PER_WORKER = 2;

/**
 * Does runs in worker threads, short ones of a scenario several to a task. A run that throws, dies, takes all memory or does not end fails alone, with a {@link RunFaultError}: its
 * worker is replaced and the others go on. Which worker does a run, and when, has no influence on its result.
 *
 * @example
 * const pool = new RunPool({ workers: 2 });
 * const replies = await Promise.all(seeds.map((seed) => pool.run({ scenario, seed, want: 'unmet' })));
 * await pool.close();
 */
export class RunPool {
  readonly workers: number;
  readonly #pool: WorkerPool<ParcelledJobs, number>;
  readonly #runMillis: number;
  readonly #packer = new ScenarioPacker();
  readonly #sizes = new TaskSizes();
  readonly #waiting: Waiting[] = [];
  readonly #underWay = new Set<RunTask>();
  /** Runs that the scenario of the latest task has in one. */
  #size = 1;
  #willFill = false;
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
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      if (this.#underWay.size < this.workers) this.#fill();
      else this.#fillSoon();
    });
  }

  /** Jobs that keep all workers at work, with those that are under way. */
  get appetite(): number {
    return this.workers * TASKS_PER_WORKER * this.#size;
  }

  /** When everything that happens now has happened: jobs that follow those of a task come one by one. */
  #fillSoon(): void {
    if (this.#willFill) return;
    this.#willFill = true;
    setImmediate(() => {
      this.#willFill = false;
      this.#fill();
    });
  }

  #fill(): void {
    while (this.#waiting.length > 0 && this.#underWay.size < this.workers * TASKS_PER_WORKER) void this.#do(this.#nextTask());
  }

  /** Jobs that follow one another and are of one scenario, and no more than leaves as many for every other task. */
  #nextTask(): Waiting[] {
    const [first] = this.#waiting;
    const { scenario } = first!.job;
    this.#size = this.#sizes.of(scenario);
    const underWay = [...this.#underWay].reduce((sum, { jobs }) => sum + jobs.length, 0);
    const share = Math.floor((this.#waiting.length + underWay) / (this.workers * TASKS_PER_WORKER));
    const other = this.#waiting.findIndex(({ job }) => job.scenario !== scenario);
    return this.#waiting.splice(0, Math.max(1, Math.min(this.#size, share, other === -1 ? Infinity : other)));
  }

  async #do(jobs: readonly Waiting[]): Promise<void> {
    const { scenario } = jobs[0]!.job;
    const task = new RunTask(jobs);
    this.#underWay.add(task);
    try {
      const millis = await this.#pool.run({ parcel: this.#packer.pack(scenario), ...task.parcelled() }, { transfer: [task.workersEnd] });
      this.#sizes.learn(scenario, jobs.length, millis);
      task.takeReplies();
    } catch (error) {
      task.takeReplies();
      this.#fail(task, error);
    } finally {
      task.close();
      this.#underWay.delete(task);
      this.#fillSoon();
    }
  }

  #fail(task: RunTask, error: unknown): void {
    const isLost = error instanceof WorkerLostError;
    for (const [place, waiting] of task.unanswered().entries()) {
      const { job: { scenario: { file }, seed }, reject } = waiting;
      // The one that was at work is the first without a reply. Whether it was that which took the memory shows when it is alone.
      const isCulprit = isLost && place === 0 && (task.jobs.length === 1 || error.kind === 'did-not-end');
      if (this.#isStopped) reject(new PoolStoppedError());
      else if (!isLost) reject(error);
      else if (isCulprit) reject(new RunFaultError(error.kind, { scenario: file, seed, runMillis: this.#runMillis, cause: error.cause }));
      else void this.#do([waiting]);
    }
  }

  /** Ends the workers when the runs that they were given are over. */
  async close(): Promise<void> {
    while (this.#waiting.length > 0) void this.#do(this.#nextTask());
    await this.#pool.close();
    this.#isStopped = true;
  }

  /** Ends the workers at once; runs that are not over fail with a {@link PoolStoppedError}, and of those that are none is lost. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const task of this.#underWay) task.takeReplies();
    for (const { reject } of this.#waiting.splice(0)) reject(new PoolStoppedError());
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
