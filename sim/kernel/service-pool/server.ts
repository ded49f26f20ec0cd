import type { Handler } from '../event-slots.js';

/** One server of a pool, and the job it works on. */
export class Server {
  handler: Handler = nothing;
  argument: unknown = undefined;
  /** Event of the job's end; 0 while the pool is paused. */
  event = 0;
  /** When the job ends, or while the pool is paused: the time it still takes. */
  endMicros = 0;
  /** Jobs are numbered as they start; 0 while idle. */
  start = 0;

  /** Forgets the job. */
  release(): void {
    this.handler = nothing;
    this.argument = undefined;
    this.event = 0;
    this.start = 0;
  }
}

function nothing(): void {}
