import { type Verdict, VERDICTS } from './verdict.js';

/** Which invariants came out how, each list in the order given. */
export function invariantsByVerdict(verdicts: readonly { readonly invariant: string; readonly verdict: Verdict }[]): Readonly<Record<Verdict, readonly string[]>> {
  const having = (verdict: Verdict): string[] => verdicts.filter((entry) => entry.verdict === verdict).map(({ invariant }) => invariant);
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, having(verdict)])) as Record<Verdict, string[]>;
}

/** Which did not come out as expected; what could not be decided is not among them. */
export const unmetInvariants = (verdicts: readonly { readonly invariant: string; readonly verdict: Verdict; readonly met: boolean }[]): string[] =>
  verdicts.filter(({ met, verdict }) => !met && verdict !== 'inconclusive').map(({ invariant }) => invariant);
