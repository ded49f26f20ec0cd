import type { Verdict } from './verdict.js';

interface Breach {
  readonly verdict: Verdict;
  /** Whether the verdict is as expected. */
  readonly met: boolean;
  readonly first: { readonly atMicros: number } | null;
}

/** Breaches in the order in which they want to be told: first what was not as expected, of that first violations, and of each sort the first in time. */
export function breachesToTell<V extends Breach>(verdicts: readonly V[]): V[] {
  const rank = ({ met, verdict }: Breach): number => (met ? 2 : 0) + (verdict === 'violated' ? 0 : 1);
  const timeOf = ({ first }: Breach): number => first?.atMicros ?? 0;
  return verdicts.filter(({ first }) => first !== null).sort((left, right) => rank(left) - rank(right) || timeOf(left) - timeOf(right));
}
