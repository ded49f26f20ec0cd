import type { RunResult } from '../../scenarios/index.js';
import type { StudyFigure } from './study-figure.js';

/** Messages that were accepted and came to nothing. No measure: it takes the judge's word, and what drained. */
export const LOST: StudyFigure = { name: 'lost', aggregate: 'count', measure: 'lost', unit: 'number', better: 'lower' };

const JUDGE_OF_LOSS = 'acked-send-not-lost';

/**
 * Messages whose producer learnt that they are accepted, and that had no effect when the run was over, though they are not in a dead-letter queue; and at
 * least as many as the judge found lost. A run that did not drain may have had them yet: of it the judge's word counts alone.
 */
export function lostIn({ measures: { counts }, verdicts, run: { drained } }: RunResult): number {
  const count = (name: string): number => counts[name] ?? 0;
  const judged = verdicts.find(({ invariant }) => invariant === JUDGE_OF_LOSS)?.count ?? 0;
  // Where nobody receives there is no effect to count.
  if (!drained || count('delivered') === 0) return judged;
  const effects = count('effects') - count('duplicate-effects');
  const deadLetters = Math.max(0, count('dead-lettered') - count('redriven'));
  // A relay that publishes again what it may have published learns of one message twice that it is accepted.
  return Math.max(judged, Math.min(count('send-ok'), count('sent')) - effects - deadLetters);
}
