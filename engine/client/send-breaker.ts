import { EventKind, type EventSink, Guard, type NameId } from '../../history/index.js';
import type { Host } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import { type BreakerPolicy, type BreakerState, CircuitBreaker } from './circuit-breaker.js';

export interface SendBreakerOptions {
  readonly host: Pick<Host, 'clock' | 'timers'>;
  /** Null: nothing is ever refused. */
  readonly policy: BreakerPolicy | null;
  readonly sink: EventSink;
  readonly actor: NameId;
  readonly dest: NameId;
  readonly mutations: Mutations;
  /** It lets attempts through again. */
  readonly onAdmitting: () => void;
}

const GUARDS: Readonly<Record<BreakerState, Guard>> = { 'open': Guard.breakerOpened, 'half-open': Guard.breakerHalfOpen, 'closed': Guard.breakerClosed };
/** A retry that finds a half-open breaker at its trials asks again so much later. */
const ASK_AGAIN_MICROS = 10_000;
/** The admission of a client without a breaker. */
const UNGUARDED = 0;

/** The circuit breaker of a client that sends, or none. */
export class SendBreaker {
  readonly #breaker: CircuitBreaker | null;
  readonly #policy: BreakerPolicy | null;

  constructor({ host, policy, sink, actor, dest, mutations, onAdmitting }: SendBreakerOptions) {
    this.#policy = policy;
    this.#breaker = policy === null ? null : new CircuitBreaker({
      host, policy, mutations,
      onChange: (state) => {
        sink.emit(EventKind.clientGuard, actor, 0, dest, 0, 0, GUARDS[state], 0, 0);
        if (state !== 'open') onAdmitting();
      },
    });
  }

  /** What it refuses fails at once, instead of waiting. */
  get failsFast(): boolean {
    return this.#policy?.whenOpen === 'fail';
  }

  /** What is in the buffer has to wait. */
  get isHolding(): boolean {
    return this.#breaker !== null && !this.failsFast && !this.#breaker.isAdmitting;
  }

  /** When a retry that was refused asks again. */
  get askAgainMicros(): number {
    return Math.max(ASK_AGAIN_MICROS, this.#breaker?.remainingMicros ?? 0);
  }

  /** A number for {@link record}; null: not now. */
  admit(): number | null {
    return this.#breaker === null ? UNGUARDED : this.#breaker.admit();
  }

  record(admission: number, hasFailed: boolean): void {
    this.#breaker?.record(admission, hasFailed);
  }

  close(): void {
    this.#breaker?.close();
  }
}
