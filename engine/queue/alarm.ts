import type { ClockPort, TimerHandle, TimerPort } from '../host.js';

/**
 * One timer for many deadlines. It is armed for the earliest it was told of and not moved when that one goes away: it then rings
 * for nothing and its owner sets it again. So a stream of leases that are all settled in time arms it once a timeout, not once a message.
 */
export class Alarm {
  readonly #clock: ClockPort;
  readonly #timer: TimerHandle;
  #at = Infinity;

  /** `onRing` gets the monotonic time. */
  constructor(host: { readonly clock: ClockPort; readonly timers: TimerPort }, onRing: (now: number) => void) {
    this.#clock = host.clock;
    this.#timer = host.timers.create(() => {
      this.#at = Infinity;
      onRing(this.#clock.monotonicMicros());
    });
  }

  /** Rings at `at` (monotonic) or earlier. */
  setFor(at: number, now: number): void {
    if (at >= this.#at) return;
    this.#at = at;
    this.#timer.arm(at > now ? Math.ceil(at - now) : 0);
  }

  cancel(): void {
    this.#at = Infinity;
    this.#timer.disarm();
  }
}
