import { INVARIANTS, invariantsByVerdict, judgedInvariants, unmetInvariants } from '../../invariants/index.js';
import { isMissed } from '../../measures/index.js';
import { contractOf, type Scenario } from '../../scenarios/index.js';
import type { RunReply } from '../pool/index.js';
import type { CheckedRun, Place, PromiseTally, ThresholdTally } from './check-result.js';

/** What is kept of a run. */
export function checkedRun({ summary, history }: RunReply): CheckedRun {
  const { seed, fingerprint, outcome, verdicts, thresholds, run } = summary;
  const having = invariantsByVerdict(verdicts);
  return {
    seed,
    fingerprint,
    outcome,
    violated: having.violated,
    anomalies: having.anomaly,
    notExercised: having['not-exercised'],
    inconclusive: having.inconclusive,
    unmet: unmetInvariants(verdicts),
    missed: thresholds.filter(isMissed).map(({ expression, actual }) => ({ expression, actual })),
    ...undecidedOf(thresholds.filter(({ isInconclusive }) => isInconclusive === true).map(({ expression }) => expression)),
    events: run.events,
    virtualMicros: run.virtualMicros,
    limit: run.limit,
    history: history === null || history.failure !== null ? null : history.file,
  };
}

/** There only when it says something: most checks ask for no confidence. */
const undecidedOf = (undecided: readonly string[]): Pick<CheckedRun, 'undecided'> => (undecided.length === 0 ? {} : { undecided });

/** In which ways a run failed: each promise that was not met, each threshold that was missed. */
export const causesOf = ({ unmet, missed, outcome }: CheckedRun): string[] => {
  const causes = [...unmet, ...missed.map(({ expression }) => expression)];
  return causes.length === 0 && outcome !== 'held' ? [outcome] : causes;
};

/** The line that says nothing: an expectation that an override brought in has no place in the file. */
const placeOf = ({ line, column }: Place): Place => ({ line, column });

/** Counts every promise that has a verdict in the runs of a scenario. */
export function tallyPromises(scenario: Scenario, runs: readonly CheckedRun[]): PromiseTally[] {
  const expected = new Map<string, Scenario['expect']['promises'][number]>(scenario.expect.promises.map((expectation) => [expectation.invariant, expectation]));
  // Of a scenario that was never run nothing is known, not even whether it can be.
  const judged = runs.length === 0 ? INVARIANTS : judgedInvariants(contractOf(scenario), (id) => expected.has(id) || runs.some(({ violated, anomalies }) => violated.includes(id) || anomalies.includes(id)));
  return judged.map(({ id, promise }) => {
    const expectation = expected.get(id);
    return { invariant: id, promise, expected: expectation?.verdict ?? null, place: expectation === undefined ? null : placeOf(expectation), ...countsOf(id, runs) };
  });
}

type Counts = Pick<PromiseTally, 'holds' | 'violated' | 'anomaly' | 'notExercised' | 'inconclusive' | 'unmet'>;

/** The same counts again, for a tally over other runs. */
export function countsOf(id: string, runs: readonly CheckedRun[]): Counts {
  const among = (list: (run: CheckedRun) => readonly string[]): number => runs.reduce((count, run) => count + (list(run).includes(id) ? 1 : 0), 0);
  const violated = among((run) => run.violated);
  const anomaly = among((run) => run.anomalies);
  const notExercised = among((run) => run.notExercised);
  const inconclusive = among((run) => run.inconclusive);
  const holds = runs.length - violated - anomaly - notExercised - inconclusive;
  return { holds, violated, anomaly, notExercised, inconclusive, unmet: among((run) => run.unmet) };
}

export function tallyThresholds(expect: Scenario['expect'], runs: readonly CheckedRun[]): ThresholdTally[] {
  return expect.thresholds.map((threshold) => ({ expression: threshold.expression, place: placeOf(threshold), ...thresholdCounts(threshold.expression, runs) }));
}

export function thresholdCounts(expression: string, runs: readonly CheckedRun[]): Pick<ThresholdTally, 'met' | 'missed' | 'inconclusive'> {
  const missed = runs.filter((run) => run.missed.some((threshold) => threshold.expression === expression)).length;
  const inconclusive = runs.filter(({ undecided = [] }) => undecided.includes(expression)).length;
  return { met: runs.length - missed - inconclusive, missed, ...(inconclusive === 0 ? {} : { inconclusive }) };
}
