import { VERSION } from '../../scenarios/index.js';
import type { CheckAnswer, CheckPart, CheckResult, PromiseTally, ScenarioCheck } from './check-result.js';

type Counted = Pick<CheckResult, 'parts' | 'scenarios' | 'faults' | 'strict'>;

/** Adds what follows from the counts. Of `merged` shards none may be missing; one that is checked stands for itself. */
export function concluded(counted: Counted, merged: 'merged' | 'alone' = 'alone'): CheckResult {
  const { neverExercised, neverJudged } = unsettledIn(counted.scenarios);
  const missingShards = merged === 'merged' ? missingIn(counted.parts) : [];
  const answer = answerOf(counted, { neverExercised, neverJudged, missingShards });
  return { schema: 'queuelab/check-result/1', version: VERSION, ...counted, neverExercised, ...(neverJudged.length === 0 ? {} : { neverJudged }), missingShards, answer };
}

type Gaps = Required<Pick<CheckResult, 'neverExercised' | 'neverJudged' | 'missingShards'>>;

/** See {@link CheckAnswer}. */
function answerOf({ parts, scenarios, faults, strict }: Counted, { neverExercised, neverJudged, missingShards }: Gaps): CheckAnswer {
  const runs = scenarios.flatMap((scenario) => scenario.runs);
  if (faults.some(({ kind }) => kind !== 'did-not-end')) return 'fault';
  if (runs.some(({ unmet }) => unmet.length > 0)) return 'broken';
  if (strict && neverExercised.length > 0) return 'untested';
  if (runs.some(({ missed }) => missed.length > 0)) return 'slow';
  if (faults.length > 0 || missingShards.length > 0 || parts.some(({ end }) => end === 'interrupted') || runs.some(({ outcome }) => outcome !== 'held')) return 'inconclusive';
  if (strict && neverJudged.length > 0) return 'untested';
  return runs.length > 0 || parts.every(isEmptyShard) ? 'held' : 'inconclusive';
}

/** Of few runs cut into many shards, none may fall to one. */
const isEmptyShard = ({ shard, planned }: CheckPart): boolean => shard !== null && planned === 0;

/**
 * Promises that no run put to the test, and those that were put to it without an answer. A scenario that expects `not-exercised` has
 * thought of it; and of a check without runs nothing can be said.
 */
function unsettledIn(scenarios: readonly ScenarioCheck[]): Pick<Gaps, 'neverExercised' | 'neverJudged'> {
  const tallies = scenarios.filter(({ runs }) => runs.length > 0).flatMap(({ promises }) => promises);
  const idsOf = (test: (tally: PromiseTally) => boolean): Set<string> => new Set(tallies.filter(test).map(({ invariant }) => invariant));
  const settled = idsOf(isSettled);
  const open = idsOf(({ inconclusive }) => inconclusive > 0);
  const unsettled = [...idsOf(() => true)].filter((invariant) => !settled.has(invariant));
  return { neverExercised: unsettled.filter((invariant) => !open.has(invariant)), neverJudged: unsettled.filter((invariant) => open.has(invariant)) };
}

const isSettled = ({ holds, violated, anomaly, expected }: PromiseTally): boolean =>
  holds + violated + anomaly > 0 || expected === 'not-exercised';

function missingIn(parts: readonly CheckPart[]): string[] {
  // A whole check of the same seeds has the runs of all shards.
  if (parts.some(({ shard, end }) => shard === null && end === 'complete')) return [];
  const shards = parts.flatMap(({ shard }) => (shard === null ? [] : [shard]));
  const present = new Set(shards.map(({ index, of }) => `${index}/${of}`));
  return [...new Set(shards.map(({ of }) => of))].flatMap((of) =>
    Array.from({ length: of }, (_, index) => `${index + 1}/${of}`).filter((shard) => !present.has(shard)));
}
