import type { FailurePolicy } from './options.js';

/** SQS: the total visibility timeout of a message is capped 12 hours after its receive. */
export const MAX_LEASE_MICROS = 43_200_000_000;
/** Kept free below the cap, for the time the request takes and for clocks that differ. */
const CAP_MARGIN_MICROS = 60_000_000;

const SECOND_MICROS = 1_000_000;

/**
 * After how long a failed message shall be visible again, in whole seconds as the API has them; null: say nothing and let the lease run out.
 * @param heldMicros how long ago the client received it.
 */
export function failureDelayMicros(policy: FailurePolicy, deliveryCount: number, heldMicros: number): number | null {
  if (policy.kind === 'leave') return null;
  if (policy.kind === 'release') return 0;
  let delay = policy.baseMicros;
  for (let failure = 1; failure < deliveryCount && delay < policy.capMicros; failure += 1) delay *= policy.factor;
  const left = MAX_LEASE_MICROS - CAP_MARGIN_MICROS - heldMicros;
  return Math.max(0, Math.min(wholeSeconds(Math.ceil, Math.min(delay, policy.capMicros)), wholeSeconds(Math.floor, left)));
}

const wholeSeconds = (round: (value: number) => number, micros: number): number => round(micros / SECOND_MICROS) * SECOND_MICROS;
