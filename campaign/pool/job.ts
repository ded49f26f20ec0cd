import type { RunResult, Scenario } from '../../scenarios/index.js';
import type { RunSummary } from './summary.js';

/**
 * How much of a run comes back from its worker. Figures, series and histograms are large beside the verdicts.
 *
 * | want      | comes back                                                                    |
 * | --------- | ----------------------------------------------------------------------------- |
 * | `summary` | the summary only                                                              |
 * | `unmet`   | the summary, and the whole result with its story when the run did not hold     |
 * | `result`  | the summary and the whole result                                              |
 */
export type Want = 'summary' | 'unmet' | 'result';

/** One run to be done by a worker. Plain data: it travels to another thread. */
export interface RunJob {
  /** The same object for the same scenario: it is sent to each worker once. */
  readonly scenario: Scenario;
  readonly seed: string;
  readonly want: Want;
  /** Deliberate bugs to switch on, by name. Default none. */
  readonly mutants?: readonly string[];
  /** The run ends as inconclusive instead of firing more events than this. */
  readonly maxEvents?: number;
  /** Whether to note which meeting points the run reaches. */
  readonly coverage?: boolean;
  /** Whether the run is made twice; it fails when it comes out differently. Default false. */
  readonly verify?: boolean;
  /** Where to write every event as JSON Lines when the run did not hold. It is run once more for that. */
  readonly historyFile?: string;
}

/** What a worker sends back. */
export interface RunReply {
  readonly summary: RunSummary;
  /** Null when it was not wanted: see {@link Want}. */
  readonly result: RunResult | null;
  /** For each meeting point 1 when it was reached; null when that was not asked for. */
  readonly hits: Uint8Array | null;
  /** For each meeting point when it was first reached, in microseconds; NaN for never. Null when that was not asked for. */
  readonly moments: Float64Array | null;
  /** What became of the file that the job asks for; null when it was not asked for or there was no need. */
  readonly history: HistoryOutcome | null;
}

export interface HistoryOutcome {
  readonly file: string;
  /** Why it could not be written: the code of the operating system, such as `ENOSPC`. Null when it was. */
  readonly failure: string | null;
}
