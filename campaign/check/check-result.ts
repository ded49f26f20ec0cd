import type { RunFaultKind } from '../pool/index.js';
import type { RunResult, Verdict } from '../../scenarios/index.js';
import type { Shard } from './shard.js';

/** What a check leaves behind: many seeds of some scenarios. Fields are added, never renamed. */
export interface CheckResult {
  readonly schema: 'queuelab/check-result/1';
  readonly version: string;
  /** One, or those that were merged. */
  readonly parts: readonly CheckPart[];
  /** In the order in which they were named. */
  readonly scenarios: readonly ScenarioCheck[];
  /** Promises that no run of any scenario put to the test, and of which no scenario says so. */
  readonly neverExercised: readonly string[];
  /** Promises that runs put to the test and of which no run of any scenario could say whether they hold. Absent: none. */
  readonly neverJudged?: readonly string[];
  /** True: a promise that was never put to the test fails the check. */
  readonly strict: boolean;
  /** Runs that gave no result: by a fault of queuelab, or because they did not end in the time that one may take. */
  readonly faults: readonly CheckFault[];
  /** Shards that are missing among those that were merged, such as `3/4`. */
  readonly missingShards: readonly string[];
  readonly answer: CheckAnswer;
}

/**
 * What a check says as a whole; the first that applies.
 *
 * | answer         | when                                                                                                                        |
 * | -------------- | --------------------------------------------------------------------------------------------------------------------------- |
 * | `fault`        | a run failed instead of giving a result                                                                                     |
 * | `broken`       | a promise did not come out as expected in some run                                                                          |
 * | `untested`     | strict, and a promise was never put to the test                                                                             |
 * | `slow`         | a threshold was missed in some run                                                                                          |
 * | `inconclusive` | a run could not be judged or did not end, it was interrupted, there was no run though one was due, or a shard is missing     |
 * | `untested`     | strict, and of a promise that was put to the test no run could say whether it holds                                         |
 * | `held`         | otherwise                                                                                                                   |
 */
export type CheckAnswer = 'fault' | 'broken' | 'untested' | 'slow' | 'inconclusive' | 'held';

/**
 * Why a check ended.
 *
 * | end           | meaning                                          |
 * | ------------- | ------------------------------------------------ |
 * | `complete`    | every run that it was to do is done              |
 * | `bail`        | so many runs failed                              |
 * | `time`        | its time was over                                |
 * | `interrupted` | somebody interrupted it                          |
 */
export type CheckEnd = 'complete' | 'bail' | 'time' | 'interrupted';

export interface CheckPart {
  /** As they were asked for, such as `1..200`. */
  readonly seeds: string;
  readonly shard: Shard | null;
  /** Runs that it was to do; null for a check without an end. */
  readonly planned: number | null;
  readonly done: number;
  readonly end: CheckEnd;
  /** Names of the deliberate bugs that were switched on; absent in a real check. */
  readonly mutants?: readonly string[];
}

export interface ScenarioCheck {
  readonly scenario: {
    readonly name: string;
    readonly description: string;
    readonly file: string;
    readonly sha256: string;
    readonly overrides: readonly string[];
  };
  /** In the order of the catalogue. */
  readonly promises: readonly PromiseTally[];
  readonly thresholds: readonly ThresholdTally[];
  readonly runs: readonly CheckedRun[];
  /** For each way of failing the first run that failed so, in the order of the seeds. */
  readonly failures: readonly CheckFailure[];
}

/** A place in the scenario's file, from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** How often a promise came out how. */
export interface PromiseTally {
  readonly invariant: string;
  /** The promise in one sentence. */
  readonly promise: string;
  /** What the scenario expects; null when it says nothing. */
  readonly expected: Verdict | null;
  /** Where the scenario says so. */
  readonly place: Place | null;
  readonly holds: number;
  readonly violated: number;
  readonly anomaly: number;
  readonly notExercised: number;
  readonly inconclusive: number;
  /** Runs in which it did not come out as expected, inconclusive ones aside. */
  readonly unmet: number;
}

export interface ThresholdTally {
  readonly expression: string;
  readonly place: Place | null;
  readonly met: number;
  readonly missed: number;
  /** Runs that could not decide it; absent for none. */
  readonly inconclusive?: number;
}

/** One seed. Promises that hold are not named. */
export interface CheckedRun {
  readonly seed: string;
  readonly fingerprint: string;
  readonly outcome: RunResult['outcome'];
  readonly violated: readonly string[];
  readonly anomalies: readonly string[];
  readonly notExercised: readonly string[];
  readonly inconclusive: readonly string[];
  /** Promises that did not come out as expected. */
  readonly unmet: readonly string[];
  readonly missed: readonly { readonly expression: string; readonly actual: string }[];
  /** Thresholds that were neither met nor missed with the confidence asked for; absent for none. */
  readonly undecided?: readonly string[];
  readonly events: number;
  readonly virtualMicros: number;
  /** Why the run ended early, if a limit ended it. */
  readonly limit: string | null;
  /** Its history as JSON Lines, if it was kept: a path from where the command was called, and in the file that `merge` reads one from that file. */
  readonly history: string | null;
}

export interface CheckFailure {
  /** Promises that did not come out as expected and thresholds that were missed, and of which no earlier failure tells. */
  readonly causes: readonly string[];
  /** The whole run, with its story. */
  readonly result: RunResult;
  /** What is left of it when it is made as small as can be; absent when it was not. */
  readonly smallest?: SmallestFailure;
  /** The same for other promises that this run breaks, where no other failure has it; absent for none. */
  readonly smallestOfOthers?: readonly SmallestFailure[];
}

/** The smallest scenario found that fails in the same way. */
export interface SmallestFailure {
  /** The promise that it breaks. */
  readonly invariant: string;
  /** Its scenario, as a path from where the check was called; null when it was not written. */
  readonly file: string | null;
  /** The command that runs it. */
  readonly replay: string;
  readonly faults: number;
  readonly messages: number;
}

export interface CheckFault {
  readonly kind: RunFaultKind;
  readonly file: string;
  readonly seed: string;
  readonly message: string;
  /** Empty where there is none: of a run that did not end. */
  readonly stack: string;
  /** The command that does this run again. */
  readonly replay: string;
}
