import type { Span, Source } from './source.js';

/** Codes of everything that can be wrong with a scenario file. Stable: tools may match on them. */
export const PROBLEM_CODES = {
  QL_SCENARIO_NOT_FOUND: 'There is no such file.',
  QL_SCENARIO_NOT_A_FILE: 'The path leads to a directory, a device or a pipe.',
  QL_SCENARIO_UNREADABLE: 'The system does not let the file be read.',
  QL_SCENARIO_TOO_LARGE: 'The file, or what it holds, passes a limit.',
  QL_SCENARIO_NOT_TEXT: 'The file is not UTF-8 text.',
  QL_SCENARIO_EMPTY: 'The file says nothing.',
  QL_SCENARIO_YAML: 'The file is not one well-formed YAML document.',
  QL_SCENARIO_DUPLICATE_KEY: 'A key appears twice in one mapping.',
  QL_SCENARIO_ALIAS_LIMIT: 'Aliases expand to more than a scenario can be (a YAML bomb).',
  QL_SCENARIO_UNKNOWN_KEY: 'The format has no such key here.',
  QL_SCENARIO_MISSING_KEY: 'A key without a default is missing.',
  QL_SCENARIO_CONFLICT: 'Two settings exclude each other.',
  QL_SCENARIO_WRONG_TYPE: 'A mapping, list, text or number stands where another is expected.',
  QL_SCENARIO_BAD_UNIT: 'A quantity without unit, or with one that does not fit.',
  QL_SCENARIO_BAD_VALUE: 'A value that the world or the personality does not allow.',
  QL_SCENARIO_BAD_NAME: 'A name that cannot be one.',
  QL_SCENARIO_BAD_DISTRIBUTION: 'A distribution, or another expression with arguments, that cannot be read.',
  QL_SCENARIO_BAD_TRACE: 'A trace file that cannot be used.',
  QL_SCENARIO_BAD_THRESHOLD: 'A threshold that cannot be read or cannot be measured.',
  QL_SCENARIO_UNKNOWN_CHOICE: 'A word that is not among those that are possible here.',
  QL_SCENARIO_UNKNOWN_QUEUE: 'A reference to a queue that is not there.',
  QL_SCENARIO_UNKNOWN_TARGET: 'A fault on something that is not there, or a region of it.',
  QL_SCENARIO_UNKNOWN_REGION: 'A route to a region that is not there.',
  QL_SCENARIO_DUPLICATE_NAME: 'Two machines would get the same name.',
  QL_SCENARIO_DEAD_LETTER_CYCLE: 'Dead-letter queues lead back to where they started.',
  QL_SCENARIO_BAD_OVERRIDE: 'An override (`--set path=value`) that cannot be applied.',
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;

/** One mistake of a scenario: what, where, and what would be right. */
export interface Problem {
  readonly code: ProblemCode;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** What would be right; empty when the message says it. */
  readonly expected: string;
  /** The nearest name that exists, for a misspelt one. */
  readonly nearest: string | null;
  /** Null when the text could not even be read. */
  readonly place: { readonly source: Source; readonly span: Span } | null;
}

/** More would not help the reader; the rest is counted. */
export const MAX_PROBLEMS = 20;
