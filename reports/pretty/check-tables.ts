import type { PromiseTally, ScenarioCheck, ThresholdTally } from '../run-result.js';
import { formatCount } from '../words/numbers.js';
import { verdictWords } from '../words/verdicts.js';
import { table } from './tables.js';
import type { Terminal } from './terminal.js';

type Tone = 'good' | 'bad' | 'noted' | 'quiet';

/** Every promise that some run put to the test or that the scenario speaks of: how often it came out how. */
export function promiseTable({ promises, runs }: ScenarioCheck, terminal: Terminal): string {
  const told = promises.filter((tally) => tally.expected !== null || tally.notExercised < runs.length);
  const rows = told.map((tally) => {
    const tone = toneOf(tally);
    const { invariant, expected, holds, violated, anomaly, notExercised, inconclusive } = tally;
    return [
      terminal[tone](`${terminal.symbols[tone]} ${terminal.text(invariant)}`),
      expected === null ? '-' : verdictWords[expected],
      ...[holds, violated, anomaly, notExercised, inconclusive].map((count) => (count === 0 ? terminal.quiet('0') : formatCount(count))),
    ];
  });
  return table(['  promise', 'expected', 'held', 'violated', 'anomaly', 'not exercised', 'inconclusive'], rows, 2, terminal);
}

/** Promises that no run of the scenario put to the test and of which it says nothing. */
export const idlePromises = ({ promises, runs }: ScenarioCheck): string[] =>
  promises.filter(({ expected, notExercised }) => expected === null && notExercised === runs.length).map(({ invariant }) => invariant);

function toneOf({ unmet, inconclusive, holds, violated, anomaly }: PromiseTally): Tone {
  if (unmet > 0) return 'bad';
  if (inconclusive > 0) return 'noted';
  if (violated + anomaly > 0) return 'noted';
  return holds > 0 ? 'good' : 'quiet';
}

/** Every threshold: how often it was met. */
export function thresholdTallyTable(thresholds: readonly ThresholdTally[], terminal: Terminal): string {
  const isAnyOpen = thresholds.some(({ inconclusive }) => inconclusive !== undefined);
  const rows = thresholds.map(({ expression, met, missed, inconclusive = 0 }) => {
    const tone = missed > 0 ? 'bad' : inconclusive > 0 ? 'noted' : 'good';
    return [terminal[tone](`${terminal.symbols[tone]} ${terminal.text(expression)}`), formatCount(met), formatCount(missed), ...(isAnyOpen ? [formatCount(inconclusive)] : [])];
  });
  return table(['  threshold', 'met', 'missed', ...(isAnyOpen ? ['inconclusive'] : [])], rows, 1, terminal);
}
