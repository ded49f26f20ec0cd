import { KernelError, requireParameter } from '../errors.js';
import type { RandomStream } from '../random/random-stream.js';

const MAX_CHOICES = 1 << 24;

/** Picks an index with a probability in proportion to its weight, in constant time: Walker's alias method, built as Vose does. */
export class WeightedChoice {
  readonly count: number;
  /** A uniformly chosen column gives its own index with the probability of `keep`, otherwise its alias. */
  private readonly keep: Float64Array;
  private readonly alias: Int32Array;

  /** @throws KernelError QL_SIM_BAD_PARAMETER unless all weights are finite and at least 0, and their sum is finite and above 0. */
  constructor(weights: ArrayLike<number>) {
    this.count = weights.length;
    requireParameter(this.count >= 1 && this.count <= MAX_CHOICES, 'number of weights', this.count, `from 1 to ${MAX_CHOICES}`);
    this.keep = scaledToMeanOne(weights);
    this.alias = new Int32Array(this.count);
    pairColumns(this.keep, this.alias);
  }

  /** An index from 0 to `count` - 1. */
  pick(random: RandomStream): number {
    const point = random.nextFloat() * this.count;
    const column = Math.floor(point);
    return point - column < (this.keep[column] as number) ? column : (this.alias[column] as number);
  }
}

function scaledToMeanOne(weights: ArrayLike<number>): Float64Array {
  let sum = 0;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] as number;
    requireParameter(weight >= 0 && weight < Infinity, `weight ${index}`, weight, 'a finite number of at least 0');
    sum += weight;
  }
  if (!(sum > 0 && sum < Infinity)) {
    throw new KernelError('QL_SIM_BAD_PARAMETER', `the weights sum to ${sum}; their sum must be finite and above 0`, { sum });
  }
  const scaled = new Float64Array(weights.length);
  for (let index = 0; index < weights.length; index++) scaled[index] = ((weights[index] as number) / sum) * weights.length;
  return scaled;
}

/** Fills each column below 1 with a part of one above 1, until all are 1 high. */
function pairColumns(height: Float64Array, alias: Int32Array): void {
  const low: number[] = [];
  const high: number[] = [];
  for (let column = 0; column < height.length; column++) (height[column]! < 1 ? low : high).push(column);
  while (low.length > 0 && high.length > 0) {
    const filled = low.pop() as number;
    const donor = high.pop() as number;
    alias[filled] = donor;
    height[donor] = height[donor]! - (1 - height[filled]!);
    (height[donor] < 1 ? low : high).push(donor);
  }
  // What rounding left over is 1 high but for the last bits.
  for (const column of [...low, ...high]) height[column] = 1;
}
