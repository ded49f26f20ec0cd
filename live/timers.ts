import type { ClockPort, TimerHandle, TimerPort } from '../engine/index.js';
import type { Incarnation } from './incarnation.js';

const MICROS_PER_MILLI = 1000;
/** Node's timers take at most 2^31 - 1 ms; longer waits are made of several. */
const MAX_SLEEP_MILLIS = 2_147_483_647;

/** Timers of a live node. They never fire early; how late they fire is up to the operating system. */
export class LiveTimers implements TimerPort {
  readonly #clock: ClockPort;
  readonly #incarnation: Incarnation;
  readonly #armed = new Set<LiveTimer>();

  constructor(clock: ClockPort, incarnation: Incarnation) {
    this.#clock = clock;
    this.#incarnation = incarnation;
    incarnation.whenEnded(() => {
      for (const timer of this.#armed) timer.disarm();
    });
  }

  create(callback: () => void): TimerHandle {
    return new LiveTimer(this.#clock, this.#incarnation, this.#armed, callback);
  }
}

class LiveTimer implements TimerHandle {
  readonly #clock: ClockPort;
  readonly #incarnation: Incarnation;
  /** All that are armed, this one included while it is: who is forgotten is not held. */
  readonly #armed: Set<LiveTimer>;
  readonly #callback: () => void;
  #deadlineMicros = 0;
  #sleep: NodeJS.Timeout | null = null;
  #turn: NodeJS.Immediate | null = null;

  constructor(clock: ClockPort, incarnation: Incarnation, armed: Set<LiveTimer>, callback: () => void) {
    this.#clock = clock;
    this.#incarnation = incarnation;
    this.#armed = armed;
    this.#callback = callback;
  }

  get armed(): boolean {
    return this.#armed.has(this);
  }

  arm(delayMicros: number): void {
    this.disarm();
    if (!this.#incarnation.isAlive) return;
    this.#armed.add(this);
    if (delayMicros === 0) {
      this.#turn = setImmediate(this.#fire);
      return;
    }
    this.#deadlineMicros = this.#clock.monotonicMicros() + delayMicros;
    this.#wait(delayMicros);
  }

  disarm(): void {
    this.#armed.delete(this);
    if (this.#sleep !== null) clearTimeout(this.#sleep);
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#sleep = null;
    this.#turn = null;
  }

  #wait(delayMicros: number): void {
    const millis = Math.min(Math.ceil(delayMicros / MICROS_PER_MILLI), MAX_SLEEP_MILLIS);
    this.#sleep = setTimeout(this.#check, millis);
  }

  readonly #check = (): void => {
    const leftMicros = this.#deadlineMicros - this.#clock.monotonicMicros();
    if (leftMicros > 0) this.#wait(leftMicros);
    else this.#fire();
  };

  readonly #fire = (): void => {
    this.#armed.delete(this);
    this.#sleep = null;
    this.#turn = null;
    this.#callback();
  };
}
