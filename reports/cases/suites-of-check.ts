import type { CheckedRun, CheckFailure, CheckResult, PromiseTally, ScenarioCheck, SmallestFailure, ThresholdTally } from '../run-result.js';
import { promiseFailureText, runFailureText, smallestLines } from '../words/failure-text.js';
import { faultSentence, interruptions, untestedWords } from '../words/check.js';
import { counted } from '../words/numbers.js';
import { verdictWords } from '../words/verdicts.js';
import type { Case, Suite } from './suite.js';

/** One suite a scenario, one case a promise, over all its seeds. */
export function suitesOfCheck(check: CheckResult): Suite[] {
  const scenarios = check.scenarios.map((scenario) => suiteOf(scenario, check));
  const whole = [...neverExercisedCases(check), ...missingCases(check), ...interruptedCases(check)];
  return whole.length === 0 ? scenarios : [...scenarios, { name: 'the check as a whole', file: '', cases: whole }];
}

function suiteOf(scenario: ScenarioCheck, { faults }: CheckResult): Suite {
  const { name, file } = scenario.scenario;
  const ownFaults = faults.filter((fault) => fault.file === file);
  const limited = scenario.runs.filter(({ limit }) => limit !== null);
  return {
    name,
    file,
    cases: [
      ...scenario.promises.map((tally) => caseOfPromise(scenario, tally)),
      ...scenario.thresholds.map((tally) => caseOfThreshold(scenario, tally)),
      ...(limited.length === 0 ? [] : [caseOfLimits(scenario, limited)]),
      ...ownFaults.map((fault): Case => (
        { name: `seed ${fault.seed} gives a result`, status: 'error', message: faultSentence(fault), body: `${fault.stack}\n\nRun it again: ${fault.replay}`.trimStart(), place: null })),
    ],
  };
}

function caseOfPromise(scenario: ScenarioCheck, tally: PromiseTally): Case {
  const { invariant: name, place, unmet, inconclusive, expected } = tally;
  const all = scenario.runs.length;
  const base = { name, place };
  if (unmet > 0) {
    const seeds = seedsWhere(scenario, (run) => run.unmet.includes(name));
    const message = `${howOf(tally)} of ${counted(all, 'seed')}, expected: ${expected === null ? 'no violation' : verdictWords[expected]}; ${seeds}`;
    return { ...base, status: 'failed', message, body: bodyOf(scenario, name) };
  }
  const isOpen = (run: CheckedRun): boolean => run.inconclusive.includes(name) && run.outcome !== 'held';
  if (scenario.runs.some(isOpen)) {
    const seeds = seedsWhere(scenario, isOpen);
    return { ...base, status: 'error', message: `inconclusive in ${inconclusive} of ${counted(all, 'seed')}: ${seeds}`, body: bodyOf(scenario, name) };
  }
  if (inconclusive > 0 && inconclusive === all) return { ...base, status: 'skipped', message: `left open in each of ${counted(all, 'seed')}, by a stall that is expected`, body: '' };
  if (tally.notExercised === all) return { ...base, status: expected === 'not-exercised' && all > 0 ? 'passed' : 'skipped', message: `not exercised in any of ${counted(all, 'seed')}`, body: '' };
  return { ...base, status: 'passed', message: tally.holds === all ? '' : howOf(tally), body: '' };
}

/** `violated in 3, anomaly in 1`. */
function howOf({ holds, violated, anomaly, notExercised, inconclusive }: PromiseTally): string {
  const parts: [string, number][] = [
    ['violated', violated], ['an allowed anomaly', anomaly], ['not exercised', notExercised], ['inconclusive', inconclusive], ['held', holds],
  ];
  return parts.filter(([, count]) => count > 0).map(([word, count]) => `${word} in ${count}`).join(', ');
}

function caseOfThreshold(scenario: ScenarioCheck, { expression, place, met, missed, inconclusive = 0 }: ThresholdTally): Case {
  if (missed === 0 && inconclusive > 0) return { name: expression, place, status: 'error', message: `inconclusive in ${inconclusive} of ${counted(met + inconclusive, 'seed')}`, body: '' };
  if (missed === 0) return { name: expression, place, status: scenario.runs.length === 0 ? 'skipped' : 'passed', message: '', body: '' };
  const isMissed = ({ missed: list }: CheckedRun): boolean => list.some((threshold) => threshold.expression === expression);
  const first = scenario.runs.find(isMissed);
  const actual = first?.missed.find((threshold) => threshold.expression === expression)?.actual ?? '';
  const message = `missed in ${missed} of ${counted(met + missed + inconclusive, 'seed')} (seed ${first?.seed ?? ''}: ${actual}); ${seedsWhere(scenario, isMissed)}`;
  return { name: expression, place, status: 'failed', message, body: bodyOf(scenario, expression) };
}

function caseOfLimits(scenario: ScenarioCheck, limited: readonly CheckedRun[]): Case {
  const message = `${limited.length} of ${counted(scenario.runs.length, 'run')} ended early: ${limited[0]?.limit ?? ''}`;
  return { name: 'every run comes to its end', status: 'error', message, body: bodyOf(scenario, 'inconclusive'), place: null };
}

/** The first run that failed so, in words. */
function bodyOf({ failures }: ScenarioCheck, cause: string): string {
  const failure = failures.find(({ causes }) => causes.includes(cause));
  if (failure === undefined) return '';
  const verdict = failure.result.verdicts.find(({ invariant }) => invariant === cause);
  const text = verdict === undefined ? runFailureText(failure.result) : promiseFailureText(failure.result, verdict);
  const smallest = smallestOf(failures, cause);
  return smallest === undefined ? text : [text, '', ...smallestLines(smallest)].join('\n');
}

/** The first that was made small for a promise, in whichever run that was. */
const smallestOf = (failures: readonly CheckFailure[], invariant: string): SmallestFailure | undefined =>
  failures.flatMap(({ smallest, smallestOfOthers = [] }) => (smallest === undefined ? smallestOfOthers : [smallest, ...smallestOfOthers])).find((one) => one.invariant === invariant);

const MAX_SEEDS = 20;

/** `seed 5`, or `seeds 5, 17, 33 and 4 more`. */
export function seedsWhere({ runs }: Pick<ScenarioCheck, 'runs'>, test: (run: CheckedRun) => boolean): string {
  const seeds = runs.filter(test).map(({ seed }) => seed);
  const shown = seeds.slice(0, MAX_SEEDS).join(', ');
  const more = seeds.length > MAX_SEEDS ? ` and ${seeds.length - MAX_SEEDS} more` : '';
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${shown}${more}`;
}

/** A failed case is told by its name: it says what is wrong. */
function neverExercisedCases({ strict, neverExercised, neverJudged = [] }: CheckResult): Case[] {
  if (!strict) return [];
  const failed = { status: 'failed', body: '', place: null } as const;
  return [
    ...neverExercised.map((invariant): Case => (
      { ...failed, name: `${invariant} is never put to the test`, message: `No run of any scenario could have broken it, and --strict asks for that. ${untestedWords(invariant)}` })),
    ...neverJudged.map((invariant): Case => (
      { ...failed, name: `${invariant} is left open in every run`, message: 'It was put to the test, but no run could say whether it holds, and --strict asks for an answer.' })),
  ];
}

function missingCases({ missingShards }: CheckResult): Case[] {
  return missingShards.map((shard) => ({ name: `shard ${shard}`, status: 'error', message: 'Its result is missing.', body: '', place: null }));
}

function interruptedCases(check: CheckResult): Case[] {
  return interruptions(check).map((message) => ({ name: 'every run is done', status: 'error', message, body: '', place: null }));
}
