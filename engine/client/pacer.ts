import type { Host, TimerHandle } from '../host.js';
import { AdaptiveRate } from './adaptive-rate.js';

const MICROS_PER_SECOND = 1_000_000;
/** Requests a second, whatever was throttled. */
const LEAST_RATE = 0.5;
/** Tokens that a bucket holds at least: else nothing could ever leave. */
const LEAST_CAPACITY = 1;

/**
 * Holds a client's requests back so that they leave no faster than an {@link AdaptiveRate} allows: a bucket that fills at that rate and holds as much as a second brings. Until
 * something is throttled every request leaves at once.
 */
export class Pacer {
  readonly #host: Pick<Host, 'clock'>;
  readonly #timer: TimerHandle;
  readonly #rate: AdaptiveRate;
  readonly #waiting: (() => void)[] = [];
  #tokens = 0;
  #filledMicros: number;

  constructor(host: Pick<Host, 'clock' | 'timers'>) {
    this.#host = host;
    this.#timer = host.timers.create(() => this.#release());
    this.#filledMicros = host.clock.monotonicMicros();
    this.#rate = new AdaptiveRate(this.#filledMicros / MICROS_PER_SECOND);
  }

  /** Requests that are held back. */
  get size(): number {
    return this.#waiting.length;
  }

  /** Calls `leave` as soon as the request may leave; now, when it may. */
  pass(leave: () => void): void {
    if (this.#rate.rate === null) return leave();
    this.#waiting.push(leave);
    this.#release();
  }

  /** A request was answered. */
  answered(isThrottled: boolean): void {
    const now = this.#host.clock.monotonicMicros();
    this.#fill(now);
    this.#rate.answered(now / MICROS_PER_SECOND, isThrottled);
    this.#tokens = Math.min(this.#tokens, this.#capacity());
    this.#release();
  }

  /** Forgets what waits. */
  stop(): void {
    this.#waiting.length = 0;
    this.#timer.disarm();
  }

  #release(): void {
    const now = this.#host.clock.monotonicMicros();
    this.#fill(now);
    while (this.#waiting.length > 0 && this.#tokens >= 1) {
      this.#tokens -= 1;
      this.#waiting.shift()!();
    }
    if (this.#waiting.length > 0) this.#timer.arm(Math.max(1, Math.ceil(((1 - this.#tokens) / this.#perSecond()) * MICROS_PER_SECOND)));
  }

  #fill(nowMicros: number): void {
    const brought = ((nowMicros - this.#filledMicros) / MICROS_PER_SECOND) * this.#perSecond();
    this.#tokens = Math.min(this.#capacity(), this.#tokens + brought);
    this.#filledMicros = nowMicros;
  }

  #perSecond(): number {
    return Math.max(LEAST_RATE, this.#rate.rate ?? 0);
  }

  #capacity(): number {
    return Math.max(LEAST_CAPACITY, this.#rate.rate ?? 0);
  }
}
