import type { StrategyName } from '../fuzz/index.js';

/** What hunting with one strategy was like. Runs and times are over all hunts; null: more than half, or more than a twentieth, found nothing. */
export interface StrategyFigures {
  readonly strategy: StrategyName;
  readonly hunts: number;
  readonly found: number;
  readonly medianRuns: number | null;
  readonly p95Runs: number | null;
  /** Real time, which differs from machine to machine. */
  readonly medianMillis: number | null;
}

export interface MutantFigures {
  readonly mutant: string;
  /** The invariant that must catch it. */
  readonly invariant: string;
  /** Some hunt found it. */
  readonly caught: boolean;
  /** Some find broke no other promise. */
  readonly alone: boolean;
  /** Other invariants that were violated in some find. */
  readonly alsoViolated: readonly string[];
  readonly strategies: readonly StrategyFigures[];
  /** What a run threw instead of giving a result; null when none did. */
  readonly fault: string | null;
}

/** What `queuelab mutants` found, as JSON. Fields are added in later versions, never renamed. */
export interface MutantsReport {
  readonly schema: 'queuelab/mutants/1';
  readonly version: string;
  /** Runs that a hunt may take. */
  readonly maxRuns: number;
  /** Whether all mutants were hunted, so that something can be said of all invariants. */
  readonly complete: boolean;
  readonly mutants: readonly MutantFigures[];
  /** Sentences: what is wrong with the judge, or with its mutants. Empty when all is well. */
  readonly problems: readonly string[];
}
