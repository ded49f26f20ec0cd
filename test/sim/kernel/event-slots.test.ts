import { describe, expect, it } from 'vitest';
import { EventSlots, IN_NEAR_BUFFER } from '../../../sim/kernel/event-slots.js';

const nothing = (): void => undefined;

describe('slots', () => {
  it('gives out no id twice: a slot is retired after its last generation', () => {
    const slots = new EventSlots(3);
    const ids = new Set<number>();
    for (let n = 0; n < 2_000; n++) {
      const slot = slots.take(nothing, null);
      slots.setPlace(slot, IN_NEAR_BUFFER);
      const id = slots.idOf(slot);
      expect(ids.has(id)).toBe(false);
      expect(slots.find(id)).toBe(slot);
      ids.add(id);
      slots.free(slot);
      expect(slots.find(id)).toBe(0);
    }
    expect(slots.live).toBe(0);
  });

  it('uses the slot that was freed last, and grows only when all are taken', () => {
    const slots = new EventSlots();
    const capacity = slots.capacity;
    for (let n = 0; n < 10 * capacity; n++) slots.free(slots.take(nothing, null));
    expect(slots.capacity).toBe(capacity);
    const taken = Array.from({ length: capacity }, () => slots.take(nothing, null));
    expect(new Set(taken).size).toBe(capacity);
    expect(slots.capacity).toBe(2 * capacity);
  });

  it('lets go of handler and argument when the slot is freed', () => {
    const slots = new EventSlots();
    const argument = {};
    const slot = slots.take(nothing, argument);
    expect([slots.handlerOf(slot), slots.argumentOf(slot)]).toEqual([nothing, argument]);
    slots.free(slot);
    expect([slots.handlerOf(slot), slots.argumentOf(slot)]).toEqual([undefined, undefined]);
  });
});
