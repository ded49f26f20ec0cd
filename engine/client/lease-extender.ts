import type { ClockPort, Host, TimerHandle } from '../host.js';
import type { Work } from './work.js';

/**
 * Asks for an extension of every delivery in work, again and again, every `everyMicros`. The interval is the same for all,
 * so they stand in a queue in the order of their times, on one timer.
 */
export class LeaseExtender {
  readonly #clock: ClockPort;
  readonly #everyMicros: number;
  readonly #extend: (work: Work) => void;
  readonly #timer: TimerHandle;
  #queue: Work[] = [];

  constructor(host: Host, everyMicros: number, extend: (work: Work) => void) {
    this.#clock = host.clock;
    this.#everyMicros = everyMicros;
    this.#extend = extend;
    this.#timer = host.timers.create(() => this.#fire());
  }

  watch(work: Work): void {
    work.nextExtendMicros = this.#clock.monotonicMicros() + this.#everyMicros;
    this.#queue.push(work);
    if (!this.#timer.armed) this.#timer.arm(this.#everyMicros);
  }

  stop(): void {
    this.#queue = [];
    this.#timer.disarm();
  }

  #fire(): void {
    const now = this.#clock.monotonicMicros();
    const later: Work[] = [];
    const again: Work[] = [];
    for (const work of this.#queue) {
      if (work.state === 'done') continue;
      if (work.nextExtendMicros > now) {
        later.push(work);
        continue;
      }
      this.#extend(work);
      work.nextExtendMicros = now + this.#everyMicros;
      again.push(work);
    }
    this.#queue = later.concat(again);
    const next = this.#queue[0];
    if (next !== undefined) this.#timer.arm(Math.max(0, next.nextExtendMicros - now));
  }
}
