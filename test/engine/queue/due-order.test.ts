import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueOrder } from '../../../engine/queue/due-order.js';
import { Links, NONE } from '../../../engine/queue/links.js';

const SLOTS = 40;

/** What to do next: add some slot with a key, remove some slot, or take the first. */
const step = fc.record({ slot: fc.nat(SLOTS - 1), key: fc.nat(60), take: fc.boolean() });

describe('order of deadlines', () => {
  it('always shows a smallest key, whatever is added and removed in whatever order', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 300, size: 'max' }), fc.boolean(), (steps, ascending) => {
      const links = new Links(SLOTS);
      const order = new DueOrder(links);
      const model = new Map<number, number>();
      let clock = 0;
      for (const { slot, key, take } of steps) {
        const target = take ? order.first : slot;
        if (model.has(target)) {
          order.remove(target);
          model.delete(target);
        } else if (!take) {
          clock += key % 3;
          // Ascending keys fill the lanes; random ones the heap.
          const due = ascending ? clock + 30 * (slot % 2) : key;
          order.add(slot, due);
          model.set(slot, due);
        }
        const smallest = Math.min(...model.values(), Infinity);
        expect(order.firstKey).toBe(smallest);
        if (model.size === 0) expect(order.first).toBe(NONE);
        else expect(model.get(order.first)).toBe(smallest);
      }
      const seen: number[] = [];
      order.forEach((slot) => seen.push(slot));
      expect(seen.sort((a, b) => a - b)).toEqual([...model.keys()].sort((a, b) => a - b));
    }), { numRuns: 150 });
  });

  it('keeps equal timeouts in the order in which they began', () => {
    const order = new DueOrder(new Links(8));
    for (const slot of [3, 1, 4, 0]) order.add(slot, 100);
    const taken: number[] = [];
    for (let slot = order.first; slot !== NONE; slot = order.first) {
      taken.push(slot);
      order.remove(slot);
    }
    expect(taken).toEqual([3, 1, 4, 0]);
  });

  it('shifts every key, in lanes and heap', () => {
    const links = new Links(16);
    const order = new DueOrder(links);
    for (let slot = 0; slot < 16; slot++) order.add(slot, 100 - slot);
    order.shiftKeys(1000);
    expect(order.firstKey).toBe(1085);
    expect(Array.from(links.key)).toEqual(Array.from({ length: 16 }, (_, slot) => 1100 - slot));
  });
});
