import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAGE_IDS, PagedMarks } from '../../../invariants/facts/paged-marks.js';

describe('PagedMarks', () => {
  it('remembers like a map, counts and finds the first', () => {
    const id = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: PAGE_IDS - 3, max: PAGE_IDS + 3 }), fc.integer({ min: 0, max: 10 * PAGE_IDS }));
    const steps = fc.array(fc.record({ id, mark: fc.integer({ min: 0, max: 15 }) }), { maxLength: 300 });
    fc.assert(fc.property(steps, (list) => {
      const marks = new PagedMarks();
      const model = new Map<number, number>();
      for (const step of list) {
        marks.set(step.id, step.mark);
        model.set(step.id, step.mark);
      }
      for (const [key, mark] of model) expect(marks.get(key)).toBe(mark);
      for (let mark = 1; mark < 16; mark++) {
        const having = [...model].filter(([, value]) => value === mark).map(([key]) => key);
        expect(marks.count(mark)).toBe(having.length);
        expect(marks.first(mark, 3)).toEqual(having.sort((left, right) => left - right).slice(0, 3));
      }
    }), { numRuns: 100 });
  });

  it('folds a page whose ids all have the same mark, and opens it again', () => {
    const marks = new PagedMarks();
    for (let id = PAGE_IDS; id < 3 * PAGE_IDS; id++) marks.set(id, 5);
    expect(marks.openPages).toBe(0);
    expect(marks.count(5)).toBe(2 * PAGE_IDS);
    expect(marks.first(5, 2)).toEqual([PAGE_IDS, PAGE_IDS + 1]);
    expect(marks.get(2 * PAGE_IDS + 17)).toBe(5);
    marks.set(2 * PAGE_IDS + 17, 6);
    expect(marks.openPages).toBe(1);
    expect(marks.get(2 * PAGE_IDS + 16)).toBe(5);
    expect(marks.get(2 * PAGE_IDS + 17)).toBe(6);
    marks.set(2 * PAGE_IDS + 17, 5);
    expect(marks.openPages).toBe(0);
  });
});
