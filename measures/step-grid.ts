/** Steps that a series has at most: enough for a chart, and few enough to be read. */
export const MAX_STEPS = 600;
/** Step of a run that has only begun. */
export const FIRST_STEP_MICROS = 10_000;

/** Something recorded per step of a grid. Everything is additive (or a maximum), so that two steps can become one. */
export interface StepTrack {
  /** The step with this number ends at `endMicros`; what follows belongs to the next. */
  closeStep?(step: number, endMicros: number): void;
  /** Steps 2i and 2i+1 become step i, for every i; the rest is empty. */
  mergePairs(): void;
}

/**
 * Virtual time from 0 cut into equal steps. When a run outgrows {@link MAX_STEPS} of them, pairs are merged and the step is
 * doubled: memory stays bounded, and the grid depends on nothing but how far time went.
 */
export class StepGrid {
  stepMicros = FIRST_STEP_MICROS;
  /** Number of the step that time is in. */
  step = 0;
  /** End of that step. Whoever records at this time or later calls {@link advance} first. */
  endMicros = FIRST_STEP_MICROS;
  readonly #tracks: StepTrack[] = [];

  add(track: StepTrack): void {
    this.#tracks.push(track);
  }

  /** Moves on to the step that contains `timeMicros`, which is not before the current one. */
  advance(timeMicros: number): void {
    while (timeMicros >= this.stepMicros * MAX_STEPS) this.#double();
    while (timeMicros >= this.endMicros) {
      for (const track of this.#tracks) track.closeStep?.(this.step, this.endMicros);
      this.step++;
      this.endMicros += this.stepMicros;
    }
  }

  #double(): void {
    for (const track of this.#tracks) track.mergePairs();
    this.stepMicros *= 2;
    this.step >>= 1;
    this.endMicros = (this.step + 1) * this.stepMicros;
  }
}

/** Merges rows of `width` numbers, one row per step, by adding pairs of rows. */
export function addPairs(values: Float64Array | Uint32Array, width: number): void {
  for (let step = 0; step < MAX_STEPS / 2; step++) {
    for (let i = 0; i < width; i++) values[step * width + i] = values[2 * step * width + i]! + values[(2 * step + 1) * width + i]!;
  }
  values.fill(0, (MAX_STEPS / 2) * width);
}
