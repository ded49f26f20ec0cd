import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueHeap } from '../../measures/due-heap.js';

describe('DueHeap', () => {
  it('gives back what was pushed, ordered by time and then by slot', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 1000 })), { maxLength: 300 }), (pairs) => {
        const heap = new DueHeap();
        for (const [time, slot] of pairs) heap.push(time, slot);
        const popped: [number, number][] = [];
        while (heap.size > 0) popped.push([heap.nextMicros, heap.pop()]);
        expect(popped).toEqual([...pairs].sort((left, right) => left[0] - right[0] || left[1] - right[1]));
        expect(heap.nextMicros).toBe(Infinity);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps its order when pushes and pops are mixed', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 50 })), { maxLength: 300 }), (steps) => {
        const heap = new DueHeap();
        const model: number[] = [];
        for (const time of steps) {
          if (time !== null) {
            heap.push(time, time);
            model.push(time);
            model.sort((left, right) => left - right);
          } else if (model.length > 0) {
            expect(heap.pop()).toBe(model.shift());
          }
          expect(heap.nextMicros).toBe(model[0] ?? Infinity);
        }
      }),
      { numRuns: 100 },
    );
  });
});
