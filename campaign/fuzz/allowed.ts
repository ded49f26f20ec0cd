import type { RunOutcome } from '../../scenarios/index.js';

/** How often a promise was broken as the contract allows. */
export interface AllowedBreaches {
  readonly invariant: string;
  /** The clause that allows it, in a sentence. */
  readonly contract: string;
  /** Runs in which that was so. */
  readonly runs: number;
  /** Breaches in all of them. A run is counted under the clause of its first. */
  readonly count: number;
}

/** What a run says of it. */
export type Anomaly = Pick<RunOutcome['verdicts'][number], 'invariant' | 'contract' | 'count'>;

export const anomaliesOf = (verdicts: readonly (Anomaly & Pick<RunOutcome['verdicts'][number], 'verdict'>)[]): Anomaly[] =>
  verdicts.filter(({ verdict }) => verdict === 'anomaly').map(({ invariant, contract, count }) => ({ invariant, contract, count }));

/** Counts anomalies by promise and clause. */
export class AllowedTally {
  readonly #rows = new Map<string, AllowedBreaches>();

  add(anomalies: readonly Anomaly[]): void {
    for (const { invariant, contract, count } of anomalies) {
      const key = JSON.stringify([invariant, contract]);
      const row = this.#rows.get(key) ?? { invariant, contract, runs: 0, count: 0 };
      this.#rows.set(key, { ...row, runs: row.runs + 1, count: row.count + count });
    }
  }

  /** Those of the most runs first. */
  rows(): AllowedBreaches[] {
    return [...this.#rows.values()].sort((left, right) => right.runs - left.runs || (left.invariant < right.invariant ? -1 : 1));
  }
}
