import { VERSION } from '../../scenarios/index.js';
import type { CheckedRun, CheckFailure, CheckFault, CheckPart, CheckResult, ScenarioCheck } from './check-result.js';
import { concluded } from './conclude.js';
import { differenceOf, type NamedCheck } from './same-check.js';
import { causesOf, countsOf, thresholdCounts } from './tally.js';

/** Thrown for results that cannot be one: of different versions or checks, of different scenarios under one name, or at odds. */
export class MergeError extends Error {
  readonly code: 'QL_MERGE_VERSION' | 'QL_MERGE_CHECK' | 'QL_MERGE_SCENARIO' | 'QL_MERGE_FINGERPRINT';
  constructor(code: MergeError['code'], message: string) {
    super(message);
    this.name = 'MergeError';
    this.code = code;
  }
}

export interface MergeOptions {
  /** True: a promise that was never put to the test fails the check. By default when one of the parts was strict. */
  readonly strict?: boolean;
}

/**
 * Makes one result of the parts of a check, whatever their order. A run that several have counts once; one that did not end somewhere and did elsewhere is done.
 *
 * @throws MergeError
 */
export function mergeChecks(parts: readonly NamedCheck[], { strict }: MergeOptions = {}): CheckResult {
  rejectOtherVersions(parts);
  const groups = new Map<string, Source[]>();
  for (const { file, check } of parts) {
    for (const scenario of check.scenarios) {
      const key = JSON.stringify([scenario.scenario.file, scenario.scenario.overrides]);
      groups.set(key, [...(groups.get(key) ?? []), { file, scenario }]);
    }
  }
  const scenarios = [...groups.values()].map(mergeScenario);
  const isDone = ({ kind, file, seed }: CheckFault): boolean =>
    kind === 'did-not-end' && scenarios.some(({ scenario, runs }) => scenario.file === file && runs.some((run) => run.seed === seed));
  const faults = new Map(parts.flatMap(({ check }) => check.faults).filter((fault) => !isDone(fault)).map((fault) => [JSON.stringify([fault.file, fault.seed]), fault]));
  rejectOtherChecks(parts);
  return concluded({
    parts: withoutReplaced(parts.flatMap(({ check }) => check.parts)).sort((left, right) => (left.shard?.index ?? 0) - (right.shard?.index ?? 0)),
    scenarios,
    faults: [...faults.values()],
    strict: strict ?? parts.some(({ check }) => check.strict),
  }, 'merged');
}

/** A shard that was interrupted, and then done again to its end, is done. */
function withoutReplaced(parts: readonly CheckPart[]): CheckPart[] {
  const keyOf = ({ seeds, shard }: CheckPart): string => JSON.stringify([seeds, shard]);
  const whole = new Set(parts.filter(({ end }) => end === 'complete').map(keyOf));
  return parts.filter((part) => part.shard === null || part.end === 'complete' || !whole.has(keyOf(part)));
}

function rejectOtherVersions(parts: readonly NamedCheck[]): void {
  const [first] = parts;
  const other = parts.find(({ check }) => check.version !== first?.check.version);
  if (first !== undefined && other !== undefined) {
    throw new MergeError('QL_MERGE_VERSION',
      `${first.file} is of queuelab ${first.check.version} and ${other.file} of queuelab ${other.check.version}: results of different versions are no one check. Check again with one version.`);
  }
  if (first !== undefined && first.check.version !== VERSION) {
    throw new MergeError('QL_MERGE_VERSION', `${first.file} is of queuelab ${first.check.version}, and this is ${VERSION}. Merge with the version that checked.`);
  }
}

function rejectOtherChecks(parts: readonly NamedCheck[]): void {
  const difference = differenceOf(parts);
  if (difference !== null) throw new MergeError('QL_MERGE_CHECK', `${difference}: these are parts of no one check. Merge the shards of one.`);
}

interface Source {
  readonly file: string;
  readonly scenario: ScenarioCheck;
}

function mergeScenario(sources: readonly Source[]): ScenarioCheck {
  const [first] = sources as readonly [Source, ...Source[]];
  const other = sources.find(({ scenario }) => scenario.scenario.sha256 !== first.scenario.scenario.sha256);
  if (other !== undefined) {
    throw new MergeError('QL_MERGE_SCENARIO',
      `The scenario ${first.scenario.scenario.file} changed between ${first.file} (sha256 ${first.scenario.scenario.sha256.slice(0, 12)}…) and ${other.file} (sha256 ${other.scenario.scenario.sha256.slice(0, 12)}…). Check all shards on the same files.`);
  }
  const runs = mergeRuns(sources);
  // A shard without a run of it does not know which promises concern it.
  const { scenario, promises, thresholds } = (sources.find((source) => source.scenario.runs.length > 0) ?? first).scenario;
  return {
    scenario,
    promises: promises.map((tally) => ({ ...tally, ...countsOf(tally.invariant, runs) })),
    thresholds: thresholds.map((tally) => ({ ...tally, ...thresholdCounts(tally.expression, runs) })),
    runs,
    failures: firstFailures(runs, sources.flatMap((source) => source.scenario.failures)),
  };
}

/** In the order of the seeds, each once. */
function mergeRuns(sources: readonly Source[]): CheckedRun[] {
  const bySeed = new Map<string, { readonly file: string; readonly run: CheckedRun }>();
  for (const { file, scenario } of sources) {
    for (const run of scenario.runs) {
      const known = bySeed.get(run.seed);
      if (known !== undefined && known.run.fingerprint !== run.fingerprint) {
        throw new MergeError('QL_MERGE_FINGERPRINT',
          `${scenario.scenario.file} with seed ${run.seed} has the fingerprint ${known.run.fingerprint} in ${known.file} and ${run.fingerprint} in ${file}. The same scenario, seed and version must give the same run: either the two were checked by different builds, or this is a fault of queuelab to be reported.`);
      }
      if (known === undefined) bySeed.set(run.seed, { file, run });
    }
  }
  return [...bySeed.values()].map(({ run }) => run).sort((left, right) => compareSeeds(left.seed, right.seed));
}

const isNumber = (seed: string): boolean => /^\d+$/.test(seed);

/** Numbers by value and before words. */
function compareSeeds(left: string, right: string): number {
  if (isNumber(left) && isNumber(right)) return Number(left) - Number(right);
  if (isNumber(left) !== isNumber(right)) return isNumber(left) ? -1 : 1;
  return left < right ? -1 : 1;
}

/** For each way of failing the first run that failed so. */
function firstFailures(runs: readonly CheckedRun[], failures: readonly CheckFailure[]): CheckFailure[] {
  const known = new Set<string>();
  return runs.flatMap((run) => {
    const failure = failures.find(({ result }) => result.seed === run.seed);
    const causes = causesOf(run).filter((cause) => !known.has(cause));
    if (failure === undefined || causes.length === 0) return [];
    for (const cause of causes) known.add(cause);
    return [{ ...failure, causes }];
  });
}
