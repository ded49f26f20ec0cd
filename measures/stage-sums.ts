import type { BreakdownResult } from './result.js';
import { STAGE_NAMES, STAGES } from './stages.js';
import { addPairs, MAX_STEPS, type StepGrid, type StepTrack } from './step-grid.js';

/** So many classes of latency to a doubling, as a power of two: a class holds latencies that differ by 3 % at most. */
const CLASS_BITS = 5;
/** Over all that fits in a whole number. */
const CLASSES = 53 << CLASS_BITS;
/** Messages and their latencies beside the stages. */
const WIDTH = STAGES + 1;
/** One in so many messages is among the slowest. */
const SLOWEST_FRACTION = 100;

/** The stages of messages added up: over time, and by how long the messages took in all. */
export class StageSums implements StepTrack {
  readonly #grid: StepGrid;
  /** Per step: the number of messages, then the microseconds in each stage. */
  readonly #steps: Float64Array;
  readonly #classes: Float64Array;
  readonly isKept: boolean;

  /** @param isKept false when nobody will read it: then nothing may be added, and no memory is used */
  constructor(grid: StepGrid, isKept = true) {
    this.#grid = grid;
    this.isKept = isKept;
    this.#steps = new Float64Array(isKept ? MAX_STEPS * WIDTH : 0);
    this.#classes = new Float64Array(isKept ? CLASSES * WIDTH : 0);
    if (isKept) grid.add(this);
  }

  /** Takes the stages of a message that took so long in all. */
  add(stages: Float64Array, totalMicros: number): void {
    const step = this.#grid.step * WIDTH;
    const ofClass = classOf(totalMicros) * WIDTH;
    this.#steps[step]!++;
    this.#classes[ofClass]!++;
    for (let stage = 0; stage < STAGES; stage++) {
      const micros = stages[stage]!;
      if (micros === 0) continue;
      this.#steps[step + 1 + stage]! += micros;
      this.#classes[ofClass + 1 + stage]! += micros;
    }
  }

  mergePairs(): void {
    addPairs(this.#steps, WIDTH);
  }

  /** `time:network` and so on: the mean of the messages handled in each step, 0 where there were none. */
  series(steps: number): Record<string, number[]> {
    return Object.fromEntries(STAGE_NAMES.map((name, stage) => [
      `time:${name}`,
      Array.from({ length: steps }, (_, step) => {
        const count = this.#steps[step * WIDTH]!;
        return count === 0 ? 0 : Math.round(this.#steps[step * WIDTH + 1 + stage]! / count);
      }),
    ]));
  }

  result(): BreakdownResult {
    const all = this.#sum(0);
    // From the slowest class down, until one in a hundred messages is in.
    let first = CLASSES - 1;
    for (let count = this.#classes[first * WIDTH]!; first > 0 && count * SLOWEST_FRACTION < all[0]!; ) count += this.#classes[--first * WIDTH]!;
    const slowest = this.#sum(first);
    const mean = (sums: Float64Array, stage: number): number => (sums[0] === 0 ? 0 : sums[1 + stage]! / sums[0]!);
    return {
      count: all[0]!,
      slowestCount: slowest[0]!,
      stages: STAGE_NAMES.map((name, stage) => ({ name, meanMicros: mean(all, stage), slowestMeanMicros: mean(slowest, stage) })),
    };
  }

  #sum(firstClass: number): Float64Array {
    const sums = new Float64Array(WIDTH);
    for (let at = firstClass * WIDTH; at < this.#classes.length; at++) sums[at % WIDTH]! += this.#classes[at]!;
    return sums;
  }
}

const TWO_32 = 0x1_0000_0000;
const HIGH_BITS = 21;

/** ⌊log2⌋ says which doubling, and the bits below the highest one say where in it. */
function classOf(micros: number): number {
  if (micros < 1) return 0;
  const isHigh = micros >= TWO_32;
  const word = isHigh ? Math.floor(micros / (1 << HIGH_BITS)) : Math.floor(micros);
  const bits = 31 - Math.clz32(word);
  const below = bits < CLASS_BITS ? word << (CLASS_BITS - bits) : word >>> (bits - CLASS_BITS);
  const within = below & ((1 << CLASS_BITS) - 1);
  return Math.min(CLASSES - 1, ((bits + (isHigh ? HIGH_BITS : 0)) << CLASS_BITS) + within);
}
