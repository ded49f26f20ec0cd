import alea, { type Alea, type AleaState } from 'seedrandom/lib/alea.js';
import { requireParameter } from '../errors.js';

const TWO_32 = 0x1_0000_0000;

/** Where a stream is, as plain data: `restore` makes any stream continue from there. */
export type RandomState = AleaState;

/** A sequence of random numbers that depends on its seed alone. The generator is Baagøe's Alea, from seedrandom. */
export class RandomStream {
  private generator: Alea;

  constructor(seed: string) {
    this.generator = alea(seed, { state: true });
  }

  /** Uniform integer in [0, 2^32). One draw. */
  nextUint32(): number {
    return this.generator() * TWO_32;
  }

  /** Uniform in [0, 1), a multiple of 2^-53. Two draws. */
  nextFloat(): number {
    return this.generator.double();
  }

  /**
   * Uniform integer in [0, bound) for a bound from 1 to 2^32. One draw; results differ in probability by at most 2^-32, which
   * for a bound of a million is a share of 0.00023.
   *
   * @throws KernelError QL_SIM_BAD_PARAMETER for another bound.
   */
  nextInt(bound: number): number {
    requireParameter(Number.isInteger(bound) && bound >= 1 && bound <= TWO_32, 'bound', bound, 'an integer from 1 to 2^32');
    return Math.floor(this.generator() * bound);
  }

  /** True with the given probability, to 2^-53. Draws nothing when the answer is certain, that is at 0 or less and at 1 or more. */
  chance(probability: number): boolean {
    if (probability <= 0) return false;
    if (probability >= 1) return true;
    return this.generator.double() < probability;
  }

  state(): RandomState {
    return this.generator.state();
  }

  restore(state: RandomState): void {
    this.generator = alea('', { state });
  }
}
