import type { Mutations } from '../mutants/index.js';

/** Mutants `lease-tripled`, `lease-too-short`: for how long a receive leases that asked for this long. Without them: just as long. */
export function leaseAsRead(askedMicros: number, { leaseTripled, leaseTooShort }: Mutations): number {
  if (leaseTripled) return askedMicros * 3;
  return leaseTooShort ? Math.ceil(askedMicros / 3) : askedMicros;
}
