import { BucketLists } from './bucket-lists.js';
import { ENTRIES_PER_CHUNK } from './event-chunks.js';
import type { EventSlots } from './event-slots.js';
import { LEVEL_BITS } from './occupancy.js';

const DIGITS = 1 << LEVEL_BITS;
const DIGIT_MASK = DIGITS - 1;
/** A time below 2^53 is split into its two lowest digits and the three above, so that both halves are 32-bit integers. */
const LOW_BITS = 2 * LEVEL_BITS;
const LOW_RANGE = 1 << LOW_BITS;
const LOW_MASK = LOW_RANGE - 1;

/**
 * A hierarchical radix timing wheel. A time is read as five digits of eleven bits. An event waits on the level of the highest
 * digit in which its time differs from `base`, in the bucket of that digit. So every event of a level comes before every
 * event of the next level, the buckets of a level come in the order of their digits, and events of equal time always
 * share a bucket, in the order of their arrival. A bucket spans, by level, 1 µs, 2 ms, 4.2 s, 2.4 h or 204 days.
 *
 * `base` moves only in `cascade`. No time before it may be added.
 */
export class TimingWheel {
  readonly lists: BucketLists;
  private baseHigh = 0;
  private baseLow = 0;

  constructor(slots: EventSlots) {
    this.lists = new BucketLists(slots);
  }

  /** The bucket in which an event of this time belongs. */
  bucketOf(time: number): number {
    const high = (time / LOW_RANGE) | 0;
    if (high === this.baseHigh) {
      const low = time & LOW_MASK;
      return (low ^ this.baseLow) < DIGITS ? low & DIGIT_MASK : (1 << LEVEL_BITS) | (low >> LEVEL_BITS);
    }
    const difference = high ^ this.baseHigh;
    if (difference < DIGITS) return (2 << LEVEL_BITS) | (high & DIGIT_MASK);
    if (difference < LOW_RANGE) return (3 << LEVEL_BITS) | ((high >> LEVEL_BITS) & DIGIT_MASK);
    return (4 << LEVEL_BITS) | (high >> LOW_BITS);
  }

  /** The bucket with the earliest events, or -1. */
  firstBucket(): number {
    return this.lists.occupancy.first();
  }

  /** Whether all events of the bucket have one time. */
  hasOneTime(bucket: number): boolean {
    return bucket < DIGITS;
  }

  /** Earliest time that belongs to the bucket. */
  startOf(bucket: number): number {
    const level = bucket >> LEVEL_BITS;
    const digit = bucket & DIGIT_MASK;
    switch (level) {
      case 0: return this.baseHigh * LOW_RANGE + ((this.baseLow & ~DIGIT_MASK) | digit);
      case 1: return this.baseHigh * LOW_RANGE + (digit << LEVEL_BITS);
      case 2: return ((this.baseHigh & ~DIGIT_MASK) | digit) * LOW_RANGE;
      case 3: return ((this.baseHigh & ~LOW_MASK) | (digit << LEVEL_BITS)) * LOW_RANGE;
      default: return (digit << LOW_BITS) * LOW_RANGE;
    }
  }

  /** Spreads the first bucket over the levels below it and moves `base` to its start. */
  cascade(bucket: number): void {
    const start = this.startOf(bucket);
    this.baseHigh = (start / LOW_RANGE) | 0;
    this.baseLow = start & LOW_MASK;
    const lists = this.lists;
    const chunks = lists.chunks;
    let chunk = lists.detach(bucket);
    while (chunk !== 0) {
      const end = chunk * ENTRIES_PER_CHUNK + chunks.to(chunk);
      for (let entry = chunk * ENTRIES_PER_CHUNK + chunks.from(chunk); entry < end; entry++) {
        const time = chunks.time(entry);
        lists.append(this.bucketOf(time), chunks.slot(entry), time);
      }
      const next = chunks.next(chunk);
      chunks.free(chunk);
      chunk = next;
    }
  }

  /** Whether the bucket holds at most `limit` events. */
  holdsAtMost(bucket: number, limit: number): boolean {
    const chunks = this.lists.chunks;
    let count = 0;
    for (let chunk = this.lists.seal(bucket); chunk !== 0; chunk = chunks.next(chunk)) {
      count += chunks.to(chunk) - chunks.from(chunk);
      if (count > limit) return false;
    }
    return true;
  }

  /** Earliest time in the wheel, Infinity when it is empty. Looks at every event of the first bucket and moves none. */
  earliestTime(): number {
    const bucket = this.firstBucket();
    if (bucket < 0) return Infinity;
    const chunks = this.lists.chunks;
    let earliest = Infinity;
    for (let chunk = this.lists.seal(bucket); chunk !== 0; chunk = chunks.next(chunk)) {
      const end = chunk * ENTRIES_PER_CHUNK + chunks.to(chunk);
      for (let entry = chunk * ENTRIES_PER_CHUNK + chunks.from(chunk); entry < end; entry++) {
        earliest = Math.min(earliest, chunks.time(entry));
      }
    }
    return earliest;
  }
}
