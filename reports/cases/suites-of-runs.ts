import type { Place, RunResult, ThresholdResult, VerdictResult } from '../run-result.js';
import { promiseFailureText, runFailureText } from '../words/failure-text.js';
import { expectedWords, verdictWords } from '../words/verdicts.js';
import type { Case, CaseStatus, Suite } from './suite.js';

/** One suite a run. */
export function suitesOfRuns(results: readonly RunResult[]): Suite[] {
  return results.map((result) => ({
    name: `${result.scenario.name}, seed ${result.seed}`,
    file: result.scenario.file,
    cases: [...result.verdicts.map((verdict) => caseOfVerdict(result, verdict)), ...result.thresholds.map((threshold) => caseOfThreshold(result, threshold)), ...caseOfLimit(result)],
  }));
}

function caseOfVerdict(result: RunResult, verdict: VerdictResult): Case {
  const status = statusOf(verdict, result);
  const isBad = status === 'failed' || status === 'error';
  const expected = verdict.expected === null ? '' : `, expected: ${expectedWords(verdict)}`;
  return {
    name: verdict.invariant,
    status,
    message: status === 'passed' && verdict.verdict === 'holds' ? '' : `${verdictWords[verdict.verdict]}${expected}${verdict.contract === '' ? '' : ` (${verdict.contract})`}`,
    body: isBad ? promiseFailureText(result, verdict) : '',
    place: placeIn(result, verdict.invariant),
  };
}

/** In a run that held all the same, a stall that was expected left it open. */
function statusOf({ met, verdict, expected }: VerdictResult, { outcome }: RunResult): CaseStatus {
  if (verdict === 'inconclusive') return outcome === 'held' ? 'skipped' : 'error';
  if (!met) return 'failed';
  return verdict === 'not-exercised' && expected === null ? 'skipped' : 'passed';
}

function caseOfThreshold(result: RunResult, { expression, actual, met, interval, isInconclusive }: ThresholdResult): Case {
  return {
    name: expression,
    status: met ? 'passed' : isInconclusive === true ? 'error' : 'failed',
    message: met ? '' : isInconclusive === true ? `inconclusive: it was ${actual}, ${interval ?? ''}` : `missed: it was ${actual}`,
    body: met ? '' : runFailureText(result),
    place: placeIn(result, expression),
  };
}

/** Only there when it tells something: most runs end by themselves. */
function caseOfLimit(result: RunResult): Case[] {
  const { limit } = result.run;
  return limit === null ? [] : [{ name: 'the run comes to its end', status: 'error', message: limit, body: runFailureText(result), place: null }];
}

function placeIn({ expectedAt = [] }: RunResult, what: string): Place | null {
  const found = expectedAt.find((expectation) => expectation.what === what);
  return found === undefined ? null : { line: found.line, column: found.column };
}
