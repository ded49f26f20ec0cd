/** What is wrong with one entry of a schedule. */
export interface FaultProblem {
  /** The key that is wrong. */
  readonly key: string;
  /** A sentence without an end: "is 1.2, but must be from 0 to 1". */
  readonly message: string;
  /** Names that would have been right, when there is a choice. */
  readonly expected: readonly string[];
}

export function problem(key: string, message: string, expected: readonly string[] = []): FaultProblem {
  return { key, message, expected };
}
