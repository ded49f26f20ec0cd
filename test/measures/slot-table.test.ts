import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_SLOT, SlotTable } from '../../measures/slot-table.js';

const key = fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: 0, max: 3 }));

describe('SlotTable', () => {
  it('behaves as a map from pairs to distinct slots, whatever the order of adding and removing', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 400 }), (keys) => {
        let columns = 0;
        const table = new SlotTable({ grow: (capacity) => void (columns = capacity) }, 4);
        const model = new Map<string, number>();
        for (const [first, second] of keys) {
          const name = `${first}/${second}`;
          const known = model.get(name);
          expect(table.find(first, second)).toBe(known ?? NO_SLOT);
          if (known === undefined) {
            const slot = table.add(first, second);
            expect([...model.values()]).not.toContain(slot);
            model.set(name, slot);
          } else {
            table.remove(known);
            model.delete(name);
          }
          expect(table.size).toBe(model.size);
        }
        for (const slot of model.values()) expect(slot).toBeLessThan(columns);
        const visited = new Map<string, number>();
        table.forEach((slot, first, second) => visited.set(`${first}/${second}`, slot));
        expect(visited).toEqual(model);
      }),
      { numRuns: 200 },
    );
  });

  it('uses slots again, so that its size follows what is there at the same time', () => {
    let capacity = 0;
    const table = new SlotTable({ grow: (grown) => void (capacity = grown) }, 16);
    for (let i = 0; i < 100_000; i++) {
      table.add(i, 0);
      if (i >= 10) table.remove(table.find(i - 10, 0));
    }
    expect(table.size).toBe(10);
    expect(capacity).toBe(16);
  });

  it('lets a visit remove what it visits', () => {
    const table = new SlotTable({ grow: () => undefined }, 4);
    for (let i = 0; i < 50; i++) table.add(i, 1);
    table.forEach((slot, first) => {
      if (first % 2 === 0) table.remove(slot);
    });
    expect(table.size).toBe(25);
    expect(table.find(4, 1)).toBe(NO_SLOT);
    expect(table.find(5, 1)).not.toBe(NO_SLOT);
  });
});
