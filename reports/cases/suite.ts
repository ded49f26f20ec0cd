import type { Place } from '../run-result.js';

/**
 * | status    | meaning                                                             |
 * | --------- | ------------------------------------------------------------------- |
 * | `passed`  | it came out as expected                                             |
 * | `failed`  | it did not                                                          |
 * | `error`   | it could not be decided, or queuelab itself failed                  |
 * | `skipped` | it was never put to the test                                        |
 */
export type CaseStatus = 'passed' | 'failed' | 'error' | 'skipped';

/** One promise or threshold of a scenario, as build services show tests. */
export interface Case {
  readonly name: string;
  readonly status: CaseStatus;
  /** One line: what came out; may be empty for what passed. */
  readonly message: string;
  /** Several lines: the life story and the command that runs it again; may be empty. */
  readonly body: string;
  /** Where the scenario's file says what is expected; null when it does not. */
  readonly place: Place | null;
}

/** One scenario. */
export interface Suite {
  readonly name: string;
  /** The scenario's file as given; empty for a suite that is none. */
  readonly file: string;
  readonly cases: readonly Case[];
}

export const isBad = ({ status }: Case): boolean => status === 'failed' || status === 'error';
