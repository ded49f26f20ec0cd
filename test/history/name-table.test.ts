import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameTable } from '../../history/index.js';

describe('NameTable', () => {
  it('numbers texts from 1 in order of first use, and gives them back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (texts) => {
        const names = new NameTable();
        const ids = texts.map((text) => names.id(text));
        const distinct = [...new Set(texts)];
        expect(names.size).toBe(distinct.length);
        expect(ids).toEqual(texts.map((text) => distinct.indexOf(text) + 1));
        expect(ids.map((id) => names.text(id))).toEqual(texts);
      }),
      { numRuns: 100 },
    );
  });

  it('reads 0 as no name, and has no number for what it never saw', () => {
    const names = new NameTable();
    expect(names.id('')).toBe(0);
    expect(names.text(0)).toBe('');
    expect(names.find('absent')).toBe(0);
    expect(names.size).toBe(0);
    expect(names.text(5)).toBe('');
  });

  it('has a limit with a name', () => {
    const names = new NameTable(2);
    names.id('a');
    names.id('b');
    expect(names.id('a')).toBe(1);
    expect(() => names.id('c')).toThrow(expect.objectContaining({ code: 'QL_HISTORY_NAMES_FULL', limit: 2 }));
  });
});
