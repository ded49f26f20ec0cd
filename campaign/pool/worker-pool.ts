import type { Transferable } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Pulse } from './pulse.js';
import { takeNothingForOld } from './short-lives.js';
import { Watchdog } from './watchdog.js';

/** How a worker was lost. */
export type LossKind = 'out-of-memory' | 'worker-died' | 'did-not-end';

/** Thrown for work whose worker was lost with it. It was replaced. */
export class WorkerLostError extends Error {
  readonly code = 'QL_POOL_WORKER_LOST';
  readonly kind: LossKind;

  constructor(kind: LossKind, cause: Error) {
    super(`A worker was lost (${kind}): ${cause.message}`, { cause });
    this.name = 'WorkerLostError';
    this.kind = kind;
  }
}

export interface WorkerPoolOptions {
  /** The file that a worker begins with, and the function of it that does a task. */
  readonly filename: string;
  readonly name: string;
  readonly workers: number;
  /** JavaScript heap that each may have. */
  readonly memoryMiB: number;
  /** Real time that one run may take; its worker is ended after that. Infinite for no limit. */
  readonly runMillis: number;
}

export interface WorkerTaskOptions {
  /** Ends the task at once, and its worker with it. */
  readonly signal?: AbortSignal | undefined;
  /** What the worker has for its own from now on. */
  readonly transfer?: readonly Transferable[] | undefined;
}

/** A task as it travels. The worker says with {@link beat} when it begins a run. */
export type Watchable<Task> = Task & { readonly pulse: Pulse | null };

/** Worker threads that are replaced when they die or are in one run for too long. */
export class WorkerPool<Task extends object, Answer> {
  readonly #pool: Piscina<Watchable<Task>, Answer>;
  readonly #watchdog: Watchdog | null;

  constructor({ filename, name, workers, memoryMiB, runMillis }: WorkerPoolOptions) {
    takeNothingForOld();
    this.#pool = new Piscina({ filename, name, minThreads: workers, maxThreads: workers, idleTimeout: Infinity, resourceLimits: { maxOldGenerationSizeMb: memoryMiB } });
    // A worker that dies between two tasks is replaced when the next one comes.
    this.#pool.on('error', () => undefined);
    this.#watchdog = Number.isFinite(runMillis) ? new Watchdog(runMillis, (threadId) => this.#endThread(threadId)) : null;
  }

  /**
   * @throws WorkerLostError
   */
  async run(task: Task, { signal, transfer }: WorkerTaskOptions = {}): Promise<Answer> {
    const watched = this.#watchdog?.watch() ?? null;
    try {
      return await this.#pool.run({ ...task, pulse: watched?.pulse ?? null }, { ...(signal === undefined ? {} : { signal }), ...(transfer === undefined ? {} : { transferList: [...transfer] }) });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const kind = watched?.isOverdue === true ? 'did-not-end' : code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'worker-died';
      throw new WorkerLostError(kind, error instanceof Error ? error : new Error(String(error)));
    } finally {
      if (watched !== null) this.#watchdog?.release(watched);
    }
  }

  /** Ends the workers when what they were given is over. */
  async close(): Promise<void> {
    await this.#pool.close();
  }

  /** Ends the workers at once; what is not over fails. */
  async stop(): Promise<void> {
    await this.#pool.destroy();
  }

  #endThread(threadId: number): void {
    void this.#pool.threads.find((thread) => thread.threadId === threadId)?.terminate();
  }
}
