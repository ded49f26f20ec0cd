export const LEVELS = 5;
export const LEVEL_BITS = 11;
export const BUCKETS = LEVELS << LEVEL_BITS;

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);

/** Which buckets hold events: a bit per bucket, a bit per word of those, a bit per level. Finds the first in constant time. */
export class Occupancy {
  private readonly buckets = new Int32Array(BUCKETS >> 5);
  /** Two words per level. */
  private readonly words = new Int32Array(BUCKETS >> 10);
  private levels = 0;

  mark(bucket: number): void {
    const word = bucket >> 5;
    this.buckets[word]! |= 1 << (bucket & 31);
    this.words[word >> 5]! |= 1 << (word & 31);
    this.levels |= 1 << (bucket >> LEVEL_BITS);
  }

  unmark(bucket: number): void {
    const word = bucket >> 5;
    if ((this.buckets[word]! &= ~(1 << (bucket & 31))) !== 0) return;
    if ((this.words[word >> 5]! &= ~(1 << (word & 31))) !== 0) return;
    if (this.words[(word >> 5) ^ 1] === 0) this.levels &= ~(1 << (bucket >> LEVEL_BITS));
  }

  /** The first marked bucket, or -1. */
  first(): number {
    if (this.levels === 0) return -1;
    let half = lowestBit(this.levels) << 1;
    if (this.words[half] === 0) half++;
    const word = (half << 5) | lowestBit(this.words[half] as number);
    return (word << 5) | lowestBit(this.buckets[word] as number);
  }
}
