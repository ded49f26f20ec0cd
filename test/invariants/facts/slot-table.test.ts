import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longer, NO_SLOT, SlotTable } from '../../../invariants/facts/slot-table.js';

/** A table with one column. */
class Squares extends SlotTable {
  square = new Float64Array(0);

  protected grow(capacity: number): void {
    this.square = longer(this.square, capacity);
  }

  put(id: number): void {
    const slot = this.add(id);
    this.square[slot] = id * id;
  }

  take(id: number): void {
    this.remove(this.find(id));
  }
}

describe('SlotTable', () => {
  it('finds what was added and not removed, with its column, like a map does', () => {
    const steps = fc.array(fc.record({ id: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })), isAdded: fc.boolean() }), { maxLength: 400 });
    fc.assert(fc.property(steps, (list) => {
      const table = new Squares();
      const model = new Set<number>();
      for (const { id, isAdded } of list) {
        if (isAdded && !model.has(id)) table.put(id);
        if (!isAdded && model.has(id)) table.take(id);
        if (isAdded) model.add(id);
        else model.delete(id);
        expect(table.find(id) !== NO_SLOT).toBe(isAdded);
      }
      expect(table.size).toBe(model.size);
      for (const id of model) expect(table.square[table.find(id)]).toBe(id * id);
      const seen: number[] = [];
      table.forEach((slot) => seen.push(table.idOf(slot)));
      expect(seen.sort((a, b) => a - b)).toEqual([...model].sort((a, b) => a - b));
    }), { numRuns: 100 });
  });

  it('has no slot for the number that stands for nothing', () => {
    const table = new Squares();
    expect(table.find(0)).toBe(NO_SLOT);
    table.put(64);
    table.take(64);
    table.put(128);
    expect(table.find(0)).toBe(NO_SLOT);
  });

  it('needs room for those in flight only, however many pass', () => {
    const table = new Squares();
    table.put(5);
    for (let id = 6; id < 200_000; id++) {
      table.put(id);
      if (id > 60) table.take(id - 50);
    }
    expect(table.capacity).toBe(64);
    expect(table.square[table.find(5)]).toBe(25);
  });

  it('may lose the slot that it is visiting', () => {
    const table = new Squares();
    for (let id = 1; id <= 100; id++) table.put(id);
    table.forEach((slot) => {
      if (table.idOf(slot) % 2 === 0) table.take(table.idOf(slot));
    });
    expect(table.size).toBe(50);
  });
});
