import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TagWindow } from '../../engine/tag-window.js';

/** 0 and above: settles that one, of those outstanding; below: so many come, after a gap of as many tags as the third says. */
const steps = fc.array(fc.tuple(fc.constantFrom('come', 'settle-one', 'settle-oldest', 'clear'), fc.nat(70), fc.nat(3)), { maxLength: 80 });

it('is a map whose keys rise', () => {
  fc.assert(fc.property(steps, (todo) => {
    const window = new TagWindow<string>();
    const model = new Map<number, string>();
    let newest = 0;
    for (const [step, number, gap] of todo) {
      if (step === 'come') {
        newest += gap;
        for (let count = 0; count < number; count++) {
          newest += 1;
          window.add(newest, `delivery ${newest}`);
          model.set(newest, `delivery ${newest}`);
        }
      } else if (step === 'settle-one') {
        const tag = [...model.keys()][number] ?? newest + 1;
        expect(window.delete(tag)).toBe(model.delete(tag));
      } else if (step === 'settle-oldest') {
        for (const tag of [...model.keys()].slice(0, number)) expect(window.delete(tag)).toBe(model.delete(tag));
      } else if (number === 0) {
        window.clear();
        model.clear();
      }
      expect(window.size).toBe(model.size);
      expect(window.oldest).toBe(model.values().next().value);
      expect(window.values()).toEqual([...model.values()]);
      for (let tag = 0; tag <= newest + 1; tag += 7) expect(window.get(tag)).toBe(model.get(tag));
    }
  }));
});

it('does not grow with what stays behind', () => {
  const window = new TagWindow<object>();
  for (let tag = 1; tag <= 3_000_000; tag++) {
    window.add(tag, {});
    if (tag % 100_000 !== 0) window.delete(tag);
  }
  expect(window.size).toBe(30);
  expect(window.get(100_000)).toBeDefined();
  expect(window.values().length).toBe(30);
});

it('lets go of what it held when it is cleared, and begins with any tag', () => {
  const window = new TagWindow<string>();
  for (let tag = 1; tag <= 100; tag++) window.add(tag, 'old');
  window.clear();
  expect([window.size, window.oldest, window.get(5), window.delete(5)]).toEqual([0, undefined, undefined, false]);
  window.add(3, 'new');
  expect([window.oldest, window.get(3), window.get(5)]).toEqual(['new', 'new', undefined]);
});
