/**
 * What a run says of a promise.
 *
 * | verdict         | meaning                                                                          |
 * | --------------- | -------------------------------------------------------------------------------- |
 * | `holds`         | it was put to the test and kept                                                  |
 * | `violated`      | it was broken, and the contract of the run does not allow that                   |
 * | `anomaly`       | it was broken only in ways that the contract of the run allows                   |
 * | `not-exercised` | nothing happened in the run that could have broken it                            |
 * | `inconclusive`  | the run ended before it could be decided                                         |
 */
export const VERDICTS = ['holds', 'violated', 'anomaly', 'not-exercised', 'inconclusive'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** A time at which a promise was broken. */
export interface Violation {
  /** True time in microseconds. */
  readonly atMicros: number;
  /** Trace number of the message, for its life story; 0 when it concerns none. */
  readonly message: number;
  /** Name of the queue concerned; empty when it concerns none. */
  readonly queue: string;
  /** The violation in words, with names, times and numbers. */
  readonly text: string;
}

/** The judgement of one invariant over a run. */
export interface InvariantVerdict {
  /** Its id, such as `no-phantom`. */
  readonly invariant: string;
  /** What it promises, in one sentence. */
  readonly promise: string;
  readonly verdict: Verdict;
  /** What the scenario expects; null when it says nothing of this invariant. */
  readonly expected: Verdict | null;
  /** True when the verdict is what was expected, or nothing was expected and nothing was violated. */
  readonly met: boolean;
  /** Violations when violated, allowed breaches when an anomaly, otherwise 0. */
  readonly count: number;
  /** How often the run put the promise to the test. */
  readonly exercised: number;
  /** The clause that makes an anomaly of a breach, or why nothing can be concluded; empty otherwise. */
  readonly contract: string;
  /** What the contract of the run says of this promise: that it must hold, and what excuses a breach in this configuration. Absent in results of earlier versions. */
  readonly terms?: string;
  /** The first of `count`; null when there is none. */
  readonly first: Violation | null;
  /** The first of `count` in the order of time, twenty at most, `first` among them. Absent when there is none, and in results of earlier versions. */
  readonly breaches?: readonly Violation[];
}
