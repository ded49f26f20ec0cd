import type { Cpu } from './cpu.js';

const RUNNING = 0;
const PAUSED = 1;
const ENDED = 2;

/**
 * One incarnation of a machine's process: the gate before every piece of engine or client code that the world calls
 * (boot, timers, completions of the disk, deliveries of the network).
 *
 * | the process is | what reaches the gate                                |
 * | -------------- | ---------------------------------------------------- |
 * | running        | runs at once                                         |
 * | paused         | is held, and runs at the resume in its order         |
 * | ended          | is forgotten; the next incarnation has another gate  |
 *
 * Calls come from kernel events only, so no callback ever runs inside the call that started its operation.
 */
export class Process {
  /** 1 for the first start of the machine, then counting up. */
  readonly incarnation: number;
  /** Null when work costs nothing. */
  readonly cpu: Cpu | null;
  #state = RUNNING;
  /** Handler and argument, alternating. */
  #held: unknown[] = [];

  constructor(incarnation: number, cpu: Cpu | null) {
    this.incarnation = incarnation;
    this.cpu = cpu;
  }

  get isRunning(): boolean {
    return this.#state === RUNNING;
  }

  get isPaused(): boolean {
    return this.#state === PAUSED;
  }

  get hasEnded(): boolean {
    return this.#state === ENDED;
  }

  /** Lets a call through, holds it or forgets it. */
  enter<T>(handler: (argument: T) => void, argument: T): void {
    if (this.#state === RUNNING) handler(argument);
    else if (this.#state === PAUSED) this.#held.push(handler, argument);
  }

  pause(): void {
    if (this.#state !== RUNNING) return;
    this.#state = PAUSED;
    this.cpu?.pause();
  }

  /** Runs what was held, now. What a held call ends or pauses again stays held or is forgotten. */
  resume(): void {
    if (this.#state !== PAUSED) return;
    this.#state = RUNNING;
    this.cpu?.resume();
    const held = this.#held;
    this.#held = [];
    for (let index = 0; index < held.length; index += 2) {
      const handler = held[index] as (argument: unknown) => void;
      this.enter(handler, held[index + 1]);
    }
  }

  end(): void {
    this.#state = ENDED;
    this.cpu?.dropAll();
    this.#held = [];
  }
}
