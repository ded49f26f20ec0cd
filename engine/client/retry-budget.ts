import type { FailureClass } from './failure-class.js';

/**
 * How many of a client's messages may be sent again: a bucket of tokens, one for a retry. AWS SDKs in `standard` mode have 500 tokens, take 5 for a retry and 10
 * after a timeout, give them back when it succeeds, and add 1 for a first attempt that does: a share of 20 %, a burst of 100, and a cost of 2 after timeouts.
 */
export interface RetryBudgetPolicy {
  /** Retries earned by each message whose first attempt succeeds: 0 to 1. */
  readonly share: number;
  /** Retries that the bucket holds, and begins with. */
  readonly burst: number;
  /** Retries that one after a timeout counts as; at least 1. */
  readonly timeoutCost: number;
}

export class RetryBudget {
  readonly #policy: RetryBudgetPolicy;
  #tokens: number;

  constructor(policy: RetryBudgetPolicy) {
    this.#policy = policy;
    this.#tokens = policy.burst;
  }

  get tokens(): number {
    return this.#tokens;
  }

  /** Takes what sending so many messages again costs; null when that is not there. The result is what each of them cost. */
  take(failure: FailureClass, messages: number): number | null {
    const cost = failure === 'timeout' ? this.#policy.timeoutCost : 1;
    if (this.#tokens < cost * messages) return null;
    this.#tokens -= cost * messages;
    return cost;
  }

  /** A message was accepted: what its last retry cost comes back, or its share is earned when it needed none. */
  succeeded(retryCost: number): void {
    this.#tokens = Math.min(this.#policy.burst, this.#tokens + (retryCost === 0 ? this.#policy.share : retryCost));
  }
}
