import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventSlots } from '../../../sim/kernel/event-slots.js';
import { TimingWheel } from '../../../sim/kernel/timing-wheel.js';

const time = fc.oneof(
  fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  fc.nat({ max: 5_000 }),
  fc.tuple(fc.integer({ min: 0, max: 52 }), fc.integer({ min: -1, max: 1 })).map(([bits, offset]) => Math.max(0, 2 ** bits + offset)),
);

/** A wheel whose base was moved to the start of the bucket of `base`. */
function wheelAt(base: number): { wheel: TimingWheel; add: (time: number) => number } {
  const slots = new EventSlots();
  const wheel = new TimingWheel(slots);
  const add = (time: number): number => {
    const slot = slots.take(() => undefined, null);
    wheel.lists.append(wheel.bucketOf(time), slot, time);
    return slot;
  };
  add(base);
  while (!wheel.hasOneTime(wheel.firstBucket())) wheel.cascade(wheel.firstBucket());
  return { wheel, add };
}

describe('wheel', () => {
  it('puts every time into a bucket whose span contains it', () => {
    fc.assert(
      fc.property(time, time, (a, b) => {
        const { wheel } = wheelAt(Math.min(a, b));
        const later = Math.max(a, b);
        const bucket = wheel.bucketOf(later);
        expect(wheel.startOf(bucket)).toBeLessThanOrEqual(later);
        expect(later - wheel.startOf(bucket)).toBeLessThan(2 ** (11 * (bucket >> 11)));
      }),
    );
  });

  it('cascades down to buckets of one time, the earliest first', () => {
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 50 }), (times) => {
        const sorted = [...times].sort((a, b) => a - b);
        const { wheel, add } = wheelAt(sorted[0]!);
        for (const later of sorted.slice(1)) add(later);
        const seen: number[] = [];
        for (let bucket = wheel.firstBucket(); bucket >= 0; bucket = wheel.firstBucket()) {
          if (!wheel.hasOneTime(bucket)) {
            wheel.cascade(bucket);
            continue;
          }
          expect(wheel.earliestTime()).toBe(wheel.startOf(bucket));
          const { chunks } = wheel.lists;
          for (let chunk = wheel.lists.detach(bucket); chunk !== 0; chunk = chunks.next(chunk)) {
            for (let index = chunks.from(chunk); index < chunks.to(chunk); index++) seen.push(wheel.startOf(bucket));
          }
        }
        expect(seen).toEqual(sorted);
      }),
    );
  });
});
