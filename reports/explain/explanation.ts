import type { RunResult, StoryStep, Verdict } from '../run-result.js';

/** The life of one message of a run, with what it broke. */
export interface Explanation {
  readonly scenario: { readonly name: string; readonly file: string };
  readonly seed: string;
  readonly fingerprint: string;
  readonly message: number;
  /** What was broken with this message as the first; empty when it broke nothing. */
  readonly violations: readonly ExplainedViolation[];
  readonly steps: readonly StoryStep[];
}

export interface ExplainedViolation {
  readonly invariant: string;
  readonly promise: string;
  readonly verdict: Verdict;
  /** How often it was broken; the message told is the first. */
  readonly count: number;
  readonly atMicros: number;
  readonly text: string;
}

/** Messages with which a promise was broken first, in the order of time. */
export function messagesToExplain({ verdicts }: RunResult): number[] {
  const broken = verdicts.filter(({ verdict, first }) => (verdict === 'violated' || verdict === 'anomaly') && (first?.message ?? 0) > 0);
  broken.sort((left, right) => left.first!.atMicros - right.first!.atMicros);
  return [...new Set(broken.map(({ first }) => first!.message))];
}

export function explanationOf(result: RunResult, message: number, steps: readonly StoryStep[]): Explanation {
  const { scenario: { name, file }, seed, fingerprint, verdicts } = result;
  const violations = verdicts.flatMap(({ invariant, promise, verdict, count, first }) => {
    const isBroken = verdict === 'violated' || verdict === 'anomaly';
    return isBroken && first !== null && first.message === message ? [{ invariant, promise, verdict, count, atMicros: first.atMicros, text: first.text }] : [];
  });
  return { scenario: { name, file }, seed, fingerprint, message, violations, steps };
}
