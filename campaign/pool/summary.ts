import type { RunOutcome, RunResult, ThresholdResult, Verdict } from '../../scenarios/index.js';

/** What one seed came to, small enough to keep for thousands of them. */
export interface RunSummary {
  readonly seed: string;
  readonly fingerprint: string;
  readonly outcome: RunResult['outcome'];
  /** In the order of the catalogue of invariants. */
  readonly verdicts: readonly VerdictSummary[];
  readonly thresholds: readonly ThresholdResult[];
  readonly run: {
    readonly virtualMicros: number;
    readonly drained: boolean;
    readonly events: number;
    /** Why the run ended early, if a limit ended it. */
    readonly limit: string | null;
  };
}

export interface VerdictSummary {
  readonly invariant: string;
  readonly verdict: Verdict;
  readonly expected: Verdict | null;
  readonly met: boolean;
  readonly count: number;
  readonly exercised: number;
  /** The clause that makes an anomaly of a breach, or why nothing can be concluded; empty otherwise. */
  readonly contract: string;
}

export function summaryOf({ seed, fingerprint, outcome, verdicts, thresholds, run }: RunOutcome): RunSummary {
  const { virtualMicros, drained, events, limit } = run;
  return {
    seed,
    fingerprint,
    outcome,
    verdicts: verdicts.map(({ invariant, verdict, expected, met, count, exercised, contract }) => ({ invariant, verdict, expected, met, count, exercised, contract })),
    thresholds,
    run: { virtualMicros, drained, events, limit },
  };
}
