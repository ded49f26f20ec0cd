import type { RepeatResult } from './result.js';

/** Repetitions that are told apart; the last stands for it and all beyond. */
const MAX_REPEATS = 64;

/** How often something was done for the first time, the second time and so on, and how long after the time before. */
export class Repeats {
  readonly #counts = new Float64Array(MAX_REPEATS + 1);
  readonly #gaps = new Float64Array(MAX_REPEATS + 1);
  readonly #gapped = new Float64Array(MAX_REPEATS + 1);

  /** @param number 1 for the first time. @param gapMicros since the time before; below 0 when that is not known. */
  add(number: number, gapMicros: number): void {
    const at = number < 1 ? 1 : number > MAX_REPEATS ? MAX_REPEATS : number;
    this.#counts[at]!++;
    if (number < 2 || gapMicros < 0) return;
    this.#gapped[at]!++;
    this.#gaps[at]! += gapMicros;
  }

  /** In order, up to the last that happened. */
  result(): RepeatResult[] {
    let last = MAX_REPEATS;
    while (last > 0 && this.#counts[last] === 0) last--;
    return Array.from({ length: last }, (_, index) => {
      const number = index + 1;
      const gapped = this.#gapped[number]!;
      return { number, count: this.#counts[number]!, meanGapMicros: gapped === 0 ? 0 : this.#gaps[number]! / gapped };
    });
  }
}
