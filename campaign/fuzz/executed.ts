import { type RunResult, runScenario } from '../../scenarios/index.js';
import { runObserved } from '../coverage/index.js';
import { RunFaultError, type RunPool } from '../pool/index.js';
import { anomaliesOf, type Anomaly } from './allowed.js';
import type { DrawnRun } from './draw/draw-run.js';

/** What became of a drawn run. */
export type Executed =
  | {
    readonly outcome: RunResult['outcome'];
    /** For each point of the universe 1 when it was reached. */
    readonly hits: Uint8Array;
    /** For each when it was first reached, in microseconds; NaN for never. */
    readonly moments: Float64Array;
    /** Whole, when something was broken. */
    readonly result: RunResult | null;
    /** What was broken as the contract allows. */
    readonly anomalies: readonly Anomaly[];
    readonly fault: null;
  }
  /** The run failed instead of giving a result: a fault of queuelab itself. */
  | { readonly outcome: null; readonly hits: null; readonly moments: null; readonly result: null; readonly fault: RunFaultError };

/** Does drawn runs, in this thread or elsewhere. */
export type Execute = (run: DrawnRun) => Promise<Executed>;

export interface ExecuteOptions {
  readonly mutants: readonly string[];
  readonly maxEvents: number;
  /** Makes each run twice; one that comes out differently is a fault. Default no. */
  readonly verify?: boolean;
}

/** In worker threads. */
export function executeIn(pool: RunPool, options: ExecuteOptions): Execute {
  return async ({ scenario, seed }) => {
    try {
      const { summary, result, hits, moments } = await pool.run({ ...options, scenario, seed, want: 'unmet', coverage: true });
      return { outcome: summary.outcome, hits: hits!, moments: moments!, result: summary.outcome === 'broken' ? result : null, anomalies: anomaliesOf(summary.verdicts), fault: null };
    } catch (error) {
      if (error instanceof RunFaultError) return { outcome: null, hits: null, moments: null, result: null, fault: error };
      throw error;
    }
  };
}

/** In this thread. */
export function executeHere(options: Omit<ExecuteOptions, 'verify'>): Execute {
  return ({ scenario, seed }) => {
    try {
      const { result: { outcome, verdicts }, hits, moments } = runObserved(scenario, { ...options, seed });
      return Promise.resolve({ outcome, hits, moments, result: outcome === 'broken' ? runScenario(scenario, { ...options, seed }) : null, anomalies: anomaliesOf(verdicts), fault: null });
    } catch (error) {
      return Promise.resolve({ outcome: null, hits: null, moments: null, result: null, fault: new RunFaultError('threw', { scenario: scenario.file, seed, cause: error }) });
    }
  };
}
