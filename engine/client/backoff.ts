import type { RandomPort } from '../host.js';
import type { RetryPolicy } from './options.js';

/** Growth stops here: by then every sensible cap is reached, and the product stays exact. */
const MAX_DOUBLINGS = 30;

/**
 * How long to wait after attempt number `attempt` (1 for the first) failed: min(cap, base * 2^(attempt-1)), with full
 * jitter uniform between 0 and that. Draws nothing without jitter.
 */
export function backoffMicros(policy: RetryPolicy, attempt: number, random: RandomPort): number {
  const doublings = Math.min(attempt - 1, MAX_DOUBLINGS);
  const ceiling = Math.min(policy.backoffCapMicros, policy.backoffBaseMicros * (1 << doublings));
  return policy.jitter === 'none' ? ceiling : Math.floor(random.nextFloat() * (ceiling + 1));
}
