import { newPulse, type Pulse, readPulse } from './pulse.js';

/** How often it looks. */
const LOOK_MILLIS = 250;

/** Something in a worker that is watched. */
export interface Watched {
  /** Goes to the worker. */
  readonly pulse: Pulse;
  /** True once it was found to be in one run for longer than the limit. */
  readonly isOverdue: boolean;
}

interface Entry {
  readonly pulse: Pulse;
  isOverdue: boolean;
  run: number;
  millis: number;
}

/**
 * Ends threads that are in one run for longer than a limit. What waits for a worker takes no time; neither does what this process
 * sleeps through, as on a laptop that is closed: only time in which this thread could look counts.
 */
export class Watchdog {
  readonly #limitMillis: number;
  readonly #endThread: (threadId: number) => void;
  readonly #entries = new Set<Entry>();
  #timer: NodeJS.Timeout | null = null;
  #lookedAt = 0;

  constructor(limitMillis: number, endThread: (threadId: number) => void) {
    this.#limitMillis = limitMillis;
    this.#endThread = endThread;
  }

  watch(): Watched {
    const entry: Entry = { pulse: newPulse(), isOverdue: false, run: 0, millis: 0 };
    this.#entries.add(entry);
    if (this.#timer === null) this.#begin();
    return entry;
  }

  release(watched: Watched): void {
    this.#entries.delete(watched as Entry);
    if (this.#entries.size === 0) this.#end();
  }

  #begin(): void {
    this.#lookedAt = performance.now();
    this.#timer = setInterval(() => this.#look(), Math.min(LOOK_MILLIS, this.#limitMillis)).unref();
  }

  #end(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    const now = performance.now();
    const millis = Math.min(now - this.#lookedAt, 2 * LOOK_MILLIS);
    this.#lookedAt = now;
    for (const entry of this.#entries) this.#lookAt(entry, millis);
  }

  #lookAt(entry: Entry, millis: number): void {
    const now = readPulse(entry.pulse);
    if (now === null || entry.isOverdue) return;
    if (now.run !== entry.run) {
      entry.run = now.run;
      entry.millis = 0;
      return;
    }
    entry.millis += millis;
    if (entry.millis < this.#limitMillis) return;
    entry.isOverdue = true;
    this.#endThread(now.threadId);
  }
}
