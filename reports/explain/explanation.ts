import type { RunResult, StoryStep, Verdict, VerdictResult, ViolationResult } from '../run-result.js';
import { breachesOf } from '../words/verdicts.js';

/** The life of one message of a run, with what it broke. */
export interface Explanation {
  readonly scenario: { readonly name: string; readonly file: string };
  readonly seed: string;
  readonly fingerprint: string;
  readonly message: number;
  /** What was broken with this message, of the breaches that the result lists; empty when it broke nothing. */
  readonly violations: readonly ExplainedViolation[];
  readonly steps: readonly StoryStep[];
}

export interface ExplainedViolation {
  readonly invariant: string;
  readonly promise: string;
  readonly verdict: Verdict;
  /** How often it was broken in the run. */
  readonly count: number;
  /** Which of them this one is, from 1. */
  readonly number: number;
  readonly atMicros: number;
  readonly text: string;
  /** The breaches of the promise that the result lists, this one among them. */
  readonly breaches: readonly ViolationResult[];
}

/** Promises that were broken, or breached as their contract allows. */
export const brokenPromises = ({ verdicts }: RunResult): VerdictResult[] => verdicts.filter(({ verdict }) => verdict === 'violated' || verdict === 'anomaly');

/** The first message of each broken promise, in the order of time. */
export function messagesToExplain(result: RunResult): number[] {
  const firsts = brokenPromises(result).flatMap((verdict) => breachesOf(verdict).find(({ message }) => message > 0) ?? []);
  firsts.sort((left, right) => left.atMicros - right.atMicros);
  return [...new Set(firsts.map(({ message }) => message))];
}

export function explanationOf(result: RunResult, message: number, steps: readonly StoryStep[]): Explanation {
  const { scenario: { name, file }, seed, fingerprint } = result;
  const violations = brokenPromises(result).flatMap((broken) => {
    const { invariant, promise, verdict, count } = broken;
    const breaches = breachesOf(broken);
    return breaches.flatMap(({ atMicros, text, message: whose }, index) => (whose === message ? [{ invariant, promise, verdict, count, number: index + 1, atMicros, text, breaches }] : []));
  });
  return { scenario: { name, file }, seed, fingerprint, message, violations, steps };
}
