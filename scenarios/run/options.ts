import type { EventObserver, History, KeepPolicy, NameTable } from '../../history/index.js';
import type { WorkloadLog } from '../../sim/index.js';

/** How far a run has come. */
export interface RunProgress {
  readonly scenario: string;
  /** Virtual time so far. */
  readonly virtualMicros: number;
  /** Virtual time at which the run ends at the latest. */
  readonly totalMicros: number;
  readonly events: number;
  /** `story`: the run is repeated, to tell the story of its first violation. */
  readonly stage: 'run' | 'story';
}

export interface RunOptions {
  /** Every random draw of the run follows from it. Default: the scenario's own seed. */
  readonly seed?: string;
  /** How much of the history to keep for reading afterwards; verdicts, figures and fingerprint do not depend on it. Default `off`. */
  readonly trace?: KeepPolicy;
  /** Deliberate bugs to switch on, by name; see `MUTANTS`. Default none. */
  readonly mutants?: readonly string[];
  /** The run ends as inconclusive instead of firing more events than this. Default 2 billion. */
  readonly maxEvents?: number;
  /** Follows the history while it is made; one that needs the names of the run is made with them. */
  readonly observers?: readonly (EventObserver | ((names: NameTable) => EventObserver))[];
  /** Follows the run as well, and its repetition too when it is repeated to tell a story: for comparing them. */
  readonly everyTime?: (names: NameTable) => EventObserver;
  /** Gets the kept part of the history when the run is over. */
  readonly onHistory?: (history: History) => void;
  /** Follows what the workload draws. */
  readonly workloadLog?: WorkloadLog;
}

/** For runs that give way to others now and then. */
export interface RunAsyncOptions extends RunOptions {
  readonly onProgress?: (progress: RunProgress) => void;
  /** Ends the run early, with an `InterruptedError`. */
  readonly signal?: AbortSignal;
}

/** Thrown by a run whose `signal` was aborted: there is no result. */
export class InterruptedError extends Error {
  readonly code = 'QL_RUN_INTERRUPTED';
  constructor(scenario: string) {
    super(`The run of ${scenario} was interrupted before its end.`);
    this.name = 'InterruptedError';
  }
}

/** Thrown when a run is repeated, with nothing changed, and comes out differently: a fault of queuelab itself. */
export class DivergedError extends Error {
  readonly code = 'QL_RUN_DIVERGED';
  readonly fingerprints: readonly [string, string];
  constructor(scenario: string, seed: string, first: string, second: string) {
    super(`The run of ${scenario} with seed ${seed} came out differently the second time: fingerprint ${first}, then ${second}. With --verify, the first event that differs is named.`);
    this.name = 'DivergedError';
    this.fingerprints = [first, second];
  }
}

export const DEFAULT_MAX_EVENTS = 2_000_000_000;
