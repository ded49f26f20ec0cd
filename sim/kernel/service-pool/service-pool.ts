import { KernelError, requireParameter } from '../errors.js';
import type { Handler } from '../event-slots.js';
import type { Kernel } from '../kernel.js';
import { JobQueue } from './job-queue.js';
import { Server } from './server.js';

export interface ServicePoolOptions {
  /** Jobs that may wait; one more is refused with QL_SIM_SERVICE_QUEUE_LIMIT. Default 2^24. */
  readonly maxQueued?: number;
}

const DEFAULT_MAX_QUEUED = 1 << 24;
const MAX_SERVERS = 1 << 16;

/**
 * Equal servers, such as the cores of a machine, behind one first-in-first-out queue. A job takes a server for its service time,
 * and then its handler is called. When it is called, the next job has already started.
 *
 * | state   | submit                     | end of a job           | pause         | resume                     | dropAll      |
 * | ------- | -------------------------- | ---------------------- | ------------- | -------------------------- | ------------ |
 * | running | starts if a server is free | starts the next, calls | jobs stand    | -                          | forgets jobs |
 * | paused  | waits                      | cannot come            | -             | jobs go on, free ones fill | forgets jobs |
 */
export class ServicePool {
  /** Number of jobs whose handler was called. */
  readonly completed: number = 0;
  private readonly kernel: Kernel;
  private readonly maxQueued: number;
  private readonly queue = new JobQueue();
  private readonly servers: readonly Server[];
  private readonly idle: Server[];
  private readonly onEnd = (server: Server): void => this.finish(server);
  private factor = 1;
  private isPaused = false;
  private starts = 0;
  private accountedMicros: number;
  private busyIntegral = 0;
  private jobIntegral = 0;

  /** @throws KernelError QL_SIM_BAD_PARAMETER unless 1 to 65536 servers. */
  constructor(kernel: Kernel, servers: number, options: ServicePoolOptions = {}) {
    requireParameter(Number.isInteger(servers) && servers >= 1 && servers <= MAX_SERVERS, 'servers', servers, `an integer from 1 to ${MAX_SERVERS}`);
    this.kernel = kernel;
    this.maxQueued = options.maxQueued ?? DEFAULT_MAX_QUEUED;
    this.servers = Array.from({ length: servers }, () => new Server());
    this.idle = [...this.servers].reverse();
    this.accountedMicros = kernel.now;
  }

  /** Jobs that have a server, also while paused. */
  get busy(): number {
    return this.servers.length - this.idle.length;
  }

  /** Jobs that wait for a server. */
  get queued(): number {
    return this.queue.length;
  }

  get paused(): boolean {
    return this.isPaused;
  }

  /** What service times are multiplied by. */
  get slowdown(): number {
    return this.factor;
  }

  /** Time that servers have worked so far, summed over them, pauses not counted. Over `servers` times the elapsed time: the utilisation. */
  get busyMicros(): number {
    this.account();
    return this.busyIntegral;
  }

  /** Time that jobs have spent here so far, waiting or in service, summed over them; exact up to 2^53. */
  get jobMicros(): number {
    this.account();
    return this.jobIntegral;
  }

  /**
   * Adds a job of `serviceMicros`, an integer of at least 0. Its handler is called by an event, never before this returns. Allocates
   * nothing once the queue has seen its longest.
   *
   * @throws KernelError QL_SIM_SERVICE_QUEUE_LIMIT; QL_SIM_BAD_PARAMETER for another service time.
   */
  submit<T>(serviceMicros: number, handler: (argument: T) => void, argument: T): void {
    if (!(serviceMicros >= 0) || Math.floor(serviceMicros) !== serviceMicros) {
      requireParameter(false, 'serviceMicros', serviceMicros, 'an integer of at least 0');
    }
    this.account();
    if (this.isPaused || this.idle.length === 0) {
      if (this.queue.length >= this.maxQueued) this.refuse();
      this.queue.push(serviceMicros, handler as Handler, argument);
    } else {
      this.start(this.idle.pop() as Server, serviceMicros, handler as Handler, argument);
    }
  }

  /** Stops all work where it is. Jobs may still be submitted; they wait. */
  pause(): void {
    if (this.isPaused) return;
    this.account();
    this.isPaused = true;
    for (const server of this.runningByStart()) {
      this.kernel.cancel(server.event);
      server.event = 0;
      server.endMicros -= this.kernel.now;
    }
  }

  /** Goes on: every job takes the time that it had left. */
  resume(): void {
    if (!this.isPaused) return;
    this.account();
    this.isPaused = false;
    for (const server of this.runningByStart()) this.finishAfter(server, server.endMicros);
    while (this.queue.length > 0 && this.idle.length > 0) this.startNext(this.idle.pop() as Server);
  }

  /**
   * Multiplies service times, and what is left of the jobs in service, to the nearest microsecond. 1 is normal speed.
   *
   * @throws KernelError QL_SIM_BAD_PARAMETER unless from 0.001 to 1000000.
   */
  setSlowdown(factor: number): void {
    requireParameter(factor >= 1e-3 && factor <= 1e6, 'slow-down', factor, 'from 0.001 to 1000000');
    const change = factor / this.factor;
    this.factor = factor;
    for (const server of this.runningByStart()) {
      const left = this.isPaused ? server.endMicros : server.endMicros - this.kernel.now;
      const scaled = scale(left, change);
      if (this.isPaused) {
        server.endMicros = scaled;
      } else {
        this.kernel.cancel(server.event);
        this.finishAfter(server, scaled);
      }
    }
  }

  /** Forgets every job, waiting or in service, without calling its handler. Returns how many. Pause and slow-down stay. */
  dropAll(): number {
    this.account();
    const dropped = this.busy + this.queue.length;
    for (const server of this.runningByStart()) {
      if (server.event !== 0) this.kernel.cancel(server.event);
      server.release();
      this.idle.push(server);
    }
    while (this.queue.length > 0) this.queue.dropFirst();
    return dropped;
  }

  private finish(server: Server): void {
    this.account();
    const { handler, argument } = server;
    if (this.queue.length > 0) {
      this.startNext(server);
    } else {
      server.release();
      this.idle.push(server);
    }
    (this as { completed: number }).completed++;
    handler(argument);
  }

  private startNext(server: Server): void {
    const { firstServiceMicros, firstHandler, firstArgument } = this.queue;
    this.queue.dropFirst();
    this.start(server, firstServiceMicros, firstHandler, firstArgument);
  }

  private start(server: Server, serviceMicros: number, handler: Handler, argument: unknown): void {
    server.handler = handler;
    server.argument = argument;
    server.start = ++this.starts;
    this.finishAfter(server, this.factor === 1 ? serviceMicros : scale(serviceMicros, this.factor));
  }

  private finishAfter(server: Server, micros: number): void {
    server.endMicros = this.kernel.now + micros;
    server.event = this.kernel.schedule(server.endMicros, this.onEnd, server);
  }

  /** Servers with a job, in the order in which their jobs started, so that ends at one time keep their order. */
  private runningByStart(): Server[] {
    return this.servers.filter((server) => server.start > 0).sort((a, b) => a.start - b.start);
  }

  /** Adds the time since the last change to the integrals. */
  private account(): void {
    const elapsed = this.kernel.now - this.accountedMicros;
    if (elapsed === 0) return;
    this.accountedMicros = this.kernel.now;
    if (!this.isPaused) this.busyIntegral += this.busy * elapsed;
    this.jobIntegral += (this.busy + this.queue.length) * elapsed;
  }

  private refuse(): never {
    const message = `${this.queue.length} jobs wait for ${this.servers.length} servers, which is the limit`;
    throw new KernelError('QL_SIM_SERVICE_QUEUE_LIMIT', message, { queued: this.queue.length, maxQueued: this.maxQueued });
  }
}

function scale(micros: number, factor: number): number {
  return Math.floor(micros * factor + 0.5);
}
