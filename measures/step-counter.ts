import { addPairs, MAX_STEPS, type StepGrid, type StepTrack } from './step-grid.js';

/** How often something happened in each step. */
export class StepCounter implements StepTrack {
  readonly #counts: Float64Array;
  readonly #grid: StepGrid;
  readonly #isKept: boolean;

  /** @param isKept false when nobody will read it: nothing is counted, and no memory used */
  constructor(grid: StepGrid, isKept = true) {
    this.#grid = grid;
    this.#isKept = isKept;
    this.#counts = new Float64Array(isKept ? MAX_STEPS : 0);
    if (isKept) grid.add(this);
  }

  /** Counts one in the current step. */
  count(): void {
    if (!this.#isKept) return;
    this.#counts[this.#grid.step]!++;
  }

  /** Counts one in the step of an earlier time; not before 0 and not after the current step. */
  countAt(timeMicros: number): void {
    if (!this.#isKept) return;
    const step = Math.floor(timeMicros / this.#grid.stepMicros);
    this.#counts[step < 0 ? 0 : step > this.#grid.step ? this.#grid.step : step]!++;
  }

  mergePairs(): void {
    addPairs(this.#counts, 1);
  }

  /** Per second, for each of the first `steps` steps. */
  rates(steps: number): number[] {
    return Array.from(this.#counts.subarray(0, steps), (count) => (count * 1_000_000) / this.#grid.stepMicros);
  }

  /** How many up to the end of each of the first `steps` steps. */
  totals(steps: number): number[] {
    let total = 0;
    return Array.from(this.#counts.subarray(0, steps), (count) => (total += count));
  }
}
