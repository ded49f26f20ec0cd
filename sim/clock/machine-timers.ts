import type { TimerHandle, TimerPort } from '../../engine/index.js';
import type { EventId, Kernel } from '../kernel/index.js';
import type { Process } from '../process/index.js';
import { inRange } from '../setting-error.js';
import type { MachineClock } from './machine-clock.js';

/**
 * The timers of one incarnation. They measure the machine's monotonic clock, so a drift moves when they fire; and they
 * fire through the process's gate, so a paused machine's timers run late and a dead one's never.
 */
export class MachineTimers implements TimerPort {
  readonly kernel: Kernel;
  readonly clock: MachineClock;
  readonly process: Process;
  /** Armed timers, in a ring through this sentinel, for when the clock's rate changes or the process ends. */
  readonly #armed: MachineTimer;

  constructor(kernel: Kernel, clock: MachineClock, process: Process) {
    this.kernel = kernel;
    this.clock = clock;
    this.process = process;
    this.#armed = new MachineTimer(this, nothing);
  }

  create(callback: () => void): TimerHandle {
    return new MachineTimer(this, callback);
  }

  /** The clock runs at another rate from now on: every deadline lies at another true time. */
  retime(): void {
    const sentinel = this.#armed;
    for (let timer = sentinel.next; timer !== sentinel; timer = timer.next) timer.retime();
  }

  /** The process has ended: nothing stays behind in the kernel. */
  end(): void {
    const sentinel = this.#armed;
    while (sentinel.next !== sentinel) sentinel.next.disarm();
  }

  /** For the timers themselves. */
  link(timer: MachineTimer): void {
    const sentinel = this.#armed;
    timer.previous = sentinel.previous;
    timer.next = sentinel;
    sentinel.previous.next = timer;
    sentinel.previous = timer;
  }
}

/** Waits for its deadline, or has passed it while the machine was paused and waits for the resume. */
class MachineTimer implements TimerHandle {
  next: MachineTimer = this;
  previous: MachineTimer = this;
  readonly #timers: MachineTimers;
  readonly #callback: () => void;
  #deadlineMicros = 0;
  /** 0 when nothing is scheduled. */
  #event: EventId = 0;
  #armed = false;

  constructor(timers: MachineTimers, callback: () => void) {
    this.#timers = timers;
    this.#callback = callback;
  }

  get armed(): boolean {
    return this.#armed;
  }

  arm(delayMicros: number): void {
    inRange('delayMicros', delayMicros, 0);
    const { clock, process } = this.#timers;
    if (process.hasEnded) return;
    this.#unschedule();
    if (!this.#armed) {
      this.#armed = true;
      this.#timers.link(this);
    }
    this.#deadlineMicros = clock.monotonicMicros() + delayMicros;
    this.#schedule();
  }

  disarm(): void {
    if (!this.#armed) return;
    this.#unschedule();
    this.#unlink();
  }

  /** The same deadline on a clock that runs at another rate. */
  retime(): void {
    if (this.#event === 0) return;
    this.#unschedule();
    this.#schedule();
  }

  #schedule(): void {
    const { kernel, clock } = this.#timers;
    this.#event = kernel.schedule(clock.trueTimeOf(this.#deadlineMicros), expire, this);
  }

  #unschedule(): void {
    if (this.#event === 0) return;
    this.#timers.kernel.cancel(this.#event);
    this.#event = 0;
  }

  #unlink(): void {
    this.#armed = false;
    this.next.previous = this.previous;
    this.previous.next = this.next;
    this.next = this;
    this.previous = this;
  }

  /** For the kernel. */
  expire(): void {
    this.#event = 0;
    this.#timers.process.enter(fire, this);
  }

  /** For the gate. While the process was paused the timer may have been held; whoever ran before it may have changed it. */
  fire(): void {
    if (!this.#armed || this.#event !== 0) return;
    this.#unlink();
    this.#callback();
  }
}

function expire(timer: MachineTimer): void {
  timer.expire();
}

function fire(timer: MachineTimer): void {
  timer.fire();
}

function nothing(): void {
  // The sentinel never fires.
}
