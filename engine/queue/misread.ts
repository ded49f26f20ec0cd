import type { Mutations } from '../mutants/index.js';

/** Mutants `lease-tripled`, `lease-too-short`: for how long a receive leases that asked for this long. Without them: just as long. */
export function leaseAsRead(askedMicros: number, { leaseTripled, leaseTooShort }: Mutations): number {
  if (leaseTripled) return askedMicros * 3;
  return leaseTooShort ? Math.ceil(askedMicros / 3) : askedMicros;
}

/** Mutants `receive-limit-doubled`, `receive-limit-halved`: how often a message may be received. */
export function receiveLimitAsRead(count: number, { receiveLimitDoubled, receiveLimitHalved }: Mutations): number {
  if (receiveLimitDoubled) return count * 2;
  return receiveLimitHalved ? Math.ceil(count / 2) : count;
}

/** Mutants `flight-limit-doubled`, `flight-limit-halved`: how many messages may be in flight. */
export function flightAsRead(count: number, { flightLimitDoubled, flightLimitHalved }: Mutations): number {
  if (flightLimitDoubled) return count * 2;
  return flightLimitHalved ? Math.ceil(count / 2) : count;
}

/** Mutants `deduplication-window-doubled`, `deduplication-window-halved`: the instant at which a send with a deduplication id is looked at. */
export function lookedAt(now: number, windowMicros: number, { deduplicationWindowDoubled, deduplicationWindowHalved }: Mutations): number {
  if (deduplicationWindowDoubled) return now - windowMicros;
  return deduplicationWindowHalved ? now + windowMicros / 2 : now;
}
