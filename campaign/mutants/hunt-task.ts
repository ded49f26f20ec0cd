import type { Scenario } from '../../scenarios/index.js';
import type { StrategyName } from '../fuzz/index.js';

/** One hunt for one mutant. Plain data: it travels to another thread. */
export interface HuntTask {
  readonly mutant: string;
  /** The promise that it is made to break. */
  readonly invariant: string;
  readonly scenario: Scenario;
  readonly beyondContract: boolean;
  readonly strategy: StrategyName;
  readonly baseSeed: string;
  /** Runs at most. */
  readonly maxRuns: number;
  /** True: only a run that breaks this promise and no other is a find. Default: one that breaks any. */
  readonly alone?: boolean;
  /** Whether each run is made twice; the hunt ends when one comes out differently. Default false. */
  readonly verify?: boolean;
  /** Runs that making the find small may take. Absent: it is left as it is. */
  readonly shrinkRuns?: number;
}

/** What is left of a find that was made small. */
export interface SmallFind {
  readonly faults: number;
  readonly messages: number;
  /** Runs that it took. */
  readonly runs: number;
  /** Real time, which differs from machine to machine. */
  readonly millis: number;
  /** False when the limit on runs was reached: a smaller one may exist. */
  readonly complete: boolean;
}

export interface HuntOutcome {
  readonly found: boolean;
  /** Runs that were done, that of the find included. */
  readonly runs: number;
  /** Real time that it took. */
  readonly millis: number;
  /** Ids of all promises that the run of the find broke; empty when nothing was found. */
  readonly violated: readonly string[];
  /** Null when nothing was found, or nothing was made smaller. */
  readonly small: SmallFind | null;
  /** Why a find is no proof, or what a run threw instead of giving a result; null when all is well. */
  readonly fault: string | null;
  /** Present when a run came out differently the second time: a fault of queuelab. */
  readonly isUnrepeatable?: true;
}
