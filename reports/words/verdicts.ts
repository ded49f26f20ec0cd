import { breachesToTell } from '../../invariants/index.js';
import type { RunResult, StoryStep, ThresholdResult, Verdict, VerdictResult, ViolationResult } from '../run-result.js';

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

/** The breaches that a result lists; of results of earlier versions, the first alone. */
export const breachesOf = ({ breaches, first }: Pick<VerdictResult, 'breaches' | 'first'>): readonly ViolationResult[] => breaches ?? (first === null ? [] : [first]);

/** How a verdict is to be taken: as expected, not as expected, or as no news. */
export function toneOf(verdict: VerdictResult): 'good' | 'bad' | 'noted' | 'quiet' {
  if (!verdict.met) return 'bad';
  if (verdict.verdict === 'holds') return 'good';
  return verdict.verdict === 'not-exercised' ? 'quiet' : 'noted';
}

/** A threshold's verdict in a word. */
export function thresholdVerdict({ met, isInconclusive }: ThresholdResult): { readonly word: string; readonly tone: 'good' | 'bad' | 'noted' } {
  if (isInconclusive === true) return { word: 'inconclusive', tone: 'noted' };
  return met ? { word: 'met', tone: 'good' } : { word: 'missed', tone: 'bad' };
}

const order = { bad: 0, noted: 1, good: 2, quiet: 3 } as const;

/** Verdicts with those first that need to be read; otherwise in the order of the result. */
export function byUrgency(verdicts: readonly VerdictResult[]): VerdictResult[] {
  return [...verdicts].sort((left, right) => order[toneOf(left)] - order[toneOf(right)]);
}

/**
 * The verdict whose first violation is explained. A result's story is about the first breach that wants to be told and concerns a
 * message; without a story, what was not expected goes first.
 */
export function firstViolation({ verdicts, story }: RunResult): VerdictResult | null {
  const breaches = breachesToTell(verdicts);
  return breaches.find(({ first, met }) => (story.length === 0 ? !met : first!.message !== 0)) ?? breaches[0] ?? null;
}

/** The life of a message, where the result tells it: of those that breaches which were not expected are about. Otherwise empty. */
export function storyOf(result: RunResult, message: number): readonly StoryStep[] {
  if (message === 0) return [];
  if (firstViolation(result)?.first?.message === message) return result.story;
  return result.stories?.find((told) => told.message === message)?.steps ?? [];
}
