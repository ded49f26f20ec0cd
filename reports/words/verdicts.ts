import type { RunResult, Verdict, VerdictResult } from '../run-result.js';

/** A verdict in a word or two. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  violated: 'violated',
  anomaly: 'anomaly',
  'not-exercised': 'not exercised',
  inconclusive: 'inconclusive',
};

/** What was expected, in a word or two; a dash for nothing. */
export const expectedWords = (verdict: VerdictResult): string => (verdict.expected === null ? '-' : verdictWords[verdict.expected]);

/** How a verdict is to be taken: as expected, not as expected, or as no news. */
export function toneOf(verdict: VerdictResult): 'good' | 'bad' | 'noted' | 'quiet' {
  if (!verdict.met) return 'bad';
  if (verdict.verdict === 'holds') return 'good';
  return verdict.verdict === 'not-exercised' ? 'quiet' : 'noted';
}

const order = { bad: 0, noted: 1, good: 2, quiet: 3 } as const;

/** Verdicts with those first that need to be read; otherwise in the order of the result. */
export function byUrgency(verdicts: readonly VerdictResult[]): VerdictResult[] {
  return [...verdicts].sort((left, right) => order[toneOf(left)] - order[toneOf(right)]);
}

/** The verdict whose first violation the story is about: the first that was not expected, or else the first there is. */
export function firstViolation({ verdicts }: RunResult): VerdictResult | null {
  const violated = verdicts.filter((verdict) => verdict.first !== null);
  return violated.find((verdict) => !verdict.met) ?? violated.find((verdict) => verdict.verdict === 'violated') ?? violated[0] ?? null;
}
