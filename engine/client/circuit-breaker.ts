import type { Host, TimerHandle } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import { FailureWindow } from './failure-window.js';

/** When a client stops trying, because what it tries fails anyway. */
export interface BreakerPolicy {
  /** It opens when this share of the attempts of the window failed: above 0, at most 1. */
  readonly failureRate: number;
  readonly windowMicros: number;
  /** Attempts in the window before their share says anything. */
  readonly minimum: number;
  /** How long it stays open. */
  readonly openMicros: number;
  /** Attempts let through when it is half-open; all must succeed to close it. */
  readonly trials: number;
  /** `fail`: what is sent while it is open fails at once. `wait`: it waits in the client's buffer. */
  readonly whenOpen: 'fail' | 'wait';
}

export type BreakerState = 'closed' | 'open' | 'half-open';
export type BreakerEvent = 'tooManyFailed' | 'openTimeOver' | 'trialFailed' | 'trialsSucceeded';

/**
 * | state     | attempts          | too many failed | open time over | a trial failed | all trials succeeded |
 * | --------- | ----------------- | --------------- | -------------- | -------------- | -------------------- |
 * | closed    | all               | open            | –              | –              | –                    |
 * | open      | none              | –               | half-open      | –              | –                    |
 * | half-open | `trials` of them  | –               | –              | open           | closed               |
 */
export const BREAKER_TABLE: Readonly<Record<BreakerState, Readonly<Record<BreakerEvent, BreakerState>>>> = {
  'closed': { tooManyFailed: 'open', openTimeOver: 'closed', trialFailed: 'closed', trialsSucceeded: 'closed' },
  'open': { tooManyFailed: 'open', openTimeOver: 'half-open', trialFailed: 'open', trialsSucceeded: 'open' },
  'half-open': { tooManyFailed: 'half-open', openTimeOver: 'half-open', trialFailed: 'open', trialsSucceeded: 'closed' },
};

export interface BreakerOptions {
  readonly host: Pick<Host, 'clock' | 'timers'>;
  readonly policy: BreakerPolicy;
  readonly mutations: Mutations;
  readonly onChange: (state: BreakerState) => void;
}

/** Watches the attempts of a client and keeps it from making more of them while most fail. */
export class CircuitBreaker {
  readonly #options: BreakerOptions;
  readonly #window: FailureWindow;
  readonly #timer: TimerHandle;
  #state: BreakerState = 'closed';
  /** Which stay in a state this is: an attempt of an earlier one says nothing about this one. */
  #stay = 1;
  #trialsBegun = 0;
  #trialsSucceeded = 0;
  #opensAgainMicros = 0;

  constructor(options: BreakerOptions) {
    this.#options = options;
    this.#window = new FailureWindow(options.policy.windowMicros);
    this.#timer = options.host.timers.create(() => this.#apply('openTimeOver'));
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** How long it will refuse; 0 when it does not know or lets attempts through. */
  get remainingMicros(): number {
    return this.#state === 'open' ? Math.max(1, this.#opensAgainMicros - this.#options.host.clock.monotonicMicros()) : 0;
  }

  /** Whether {@link admit} would let an attempt through. */
  get isAdmitting(): boolean {
    return this.#state === 'closed' || (this.#state === 'half-open' && this.#trialsBegun < this.#options.policy.trials);
  }

  /** Whether an attempt may be made now: its number for {@link record}, or null. */
  admit(): number | null {
    if (!this.isAdmitting) return null;
    if (this.#state === 'half-open') this.#trialsBegun += 1;
    return this.#stay;
  }

  /** An attempt that was admitted came to this. */
  record(admission: number, hasFailed: boolean): void {
    if (admission !== this.#stay) return;
    if (this.#state === 'closed') this.#count(hasFailed);
    else if (this.#state === 'half-open') this.#tried(hasFailed);
  }

  close(): void {
    this.#timer.disarm();
  }

  #count(hasFailed: boolean): void {
    const { policy, host } = this.#options;
    const { attempts, failures } = this.#window.add(host.clock.monotonicMicros(), hasFailed);
    if (attempts >= policy.minimum && failures >= policy.failureRate * attempts) this.#apply('tooManyFailed');
  }

  #tried(hasFailed: boolean): void {
    if (hasFailed) return this.#apply('trialFailed');
    this.#trialsSucceeded += 1;
    if (this.#trialsSucceeded >= this.#options.policy.trials) this.#apply('trialsSucceeded');
  }

  #apply(event: BreakerEvent): void {
    const next = BREAKER_TABLE[this.#state][event];
    if (next === this.#state) return;
    this.#state = next;
    this.#stay += 1;
    this.#trialsBegun = 0;
    this.#trialsSucceeded = 0;
    this.#window.clear();
    if (next === 'open') this.#stayOpen();
    this.#options.onChange(next);
  }

  #stayOpen(): void {
    const { policy, host, mutations } = this.#options;
    this.#opensAgainMicros = host.clock.monotonicMicros() + policy.openMicros;
    if (!mutations.breakerNeverHalfOpens) this.#timer.arm(policy.openMicros);
  }
}
