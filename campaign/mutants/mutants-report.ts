import type { StrategyName } from '../fuzz/index.js';
import type { SmallFind } from './hunt-task.js';

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
  /** The invariant that it is made for, which catches it in the tests. */
  readonly invariant: string;
  /** Some hunt found it. */
  readonly caught: boolean;
  /** Invariants that were violated in finds, the most frequent first. */
  readonly caughtBy: readonly string[];
  /** Invariants that were the only one violated in some find. */
  readonly caughtAloneBy: readonly string[];
  readonly strategies: readonly StrategyFigures[];
  /** What is left of its quickest find when that is made small; null when it was not. */
  readonly small: SmallFind | null;
  /** Why a find is no proof, or what a run threw instead of giving a result; null when all is well. */
  readonly fault: string | null;
}

/** Over all finds that were made small. */
export interface SmallFigures {
  readonly finds: number;
  readonly medianFaults: number | null;
  readonly medianMessages: number | null;
  /** Real time. */
  readonly p95Millis: number | null;
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
  readonly small: SmallFigures;
  /** Sentences: what is wrong with the judge, or with its mutants. Empty when all is well. */
  readonly problems: readonly string[];
}
