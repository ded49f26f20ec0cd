import { EventKind, type EventSink, Guard, type NameId } from '../../history/index.js';
import type { RandomPort } from '../host.js';
import type { Mutations } from '../mutants/index.js';
import { backoffMicros } from './backoff.js';
import { FAILURE_CLASSES, type FailureClass } from './failure-class.js';
import type { RetryPolicy } from './options.js';
import { RetryBudget } from './retry-budget.js';

export interface RetryGateOptions {
  readonly policy: RetryPolicy;
  readonly random: RandomPort;
  readonly sink: EventSink;
  readonly actor: NameId;
  readonly dest: NameId;
  readonly mutations: Mutations;
}

/** What failed: its attempt number, why, and the messages that it carried, by their trace numbers. */
export interface FailedAttempt {
  readonly attempt: number;
  readonly failure: FailureClass;
  readonly traces: readonly number[];
}

/** Decides whether a failed operation is tried again: attempts that are left, a failure of a kind that may pass, and a budget that is not used up. */
export class RetryGate {
  readonly #options: RetryGateOptions;
  readonly #budget: RetryBudget | null;

  constructor(options: RetryGateOptions) {
    this.#options = options;
    const { budget = null } = options.policy;
    this.#budget = budget === null ? null : new RetryBudget(budget);
  }

  /** What the next attempt costs for each message (0 without a budget); null when there must be none. */
  take({ attempt, failure, traces }: FailedAttempt): number | null {
    const { attempts, retryOn = FAILURE_CLASSES } = this.#options.policy;
    if (attempt >= attempts || !retryOn.includes(failure)) return null;
    if (this.#budget === null) return 0;
    const cost = this.#budget.take(failure, traces.length);
    if (cost === null && this.#options.mutations.retryBudgetNotCharged) return 1;
    for (const trace of traces) this.#tell(cost === null ? Guard.retryRefused : Guard.retryPaid, trace);
    return cost;
  }

  /** A message was accepted by an attempt that cost so much. */
  succeeded(retryCost: number): void {
    this.#budget?.succeeded(retryCost);
  }

  /** How long to wait before the attempt after this one. */
  backoff(attempt: number, failure: FailureClass): number {
    const { policy, random } = this.#options;
    const { throttledBaseMicros = null } = policy;
    const isSlower = failure === 'throttling' && throttledBaseMicros !== null;
    return backoffMicros(isSlower ? { ...policy, backoffBaseMicros: throttledBaseMicros } : policy, attempt, random);
  }

  #tell(guard: Guard, trace: number): void {
    const { sink, actor, dest } = this.#options;
    sink.emit(EventKind.clientGuard, actor, 0, dest, trace, 0, guard, 0, 0);
  }
}
