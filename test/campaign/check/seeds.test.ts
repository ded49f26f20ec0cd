import { describe, expect, it } from 'vitest';
import { Seeds } from '../../../campaign/index.js';

const all = (text: string): string[] => [...Seeds.parse(text)];

describe('Seeds', () => {
  it.each([
    ['7', ['7']],
    ['0', ['0']],
    ['1..4', ['1', '2', '3', '4']],
    ['5,1,9', ['1', '5', '9']],
    ['8..9, 2, 1..3', ['1', '2', '3', '8', '9']],
    ['3..3', ['3']],
  ])('reads %s, each seed once and in order', (text, seeds) => {
    expect(all(text)).toEqual(seeds);
    expect(Seeds.parse(text).count).toBe(seeds.length);
  });

  it('says in words what it has', () => {
    expect(String(Seeds.parse('5,1..3,4,9'))).toBe('1..5,9');
  });

  it('does not lay out a large range', () => {
    expect(Seeds.parse('1..9007199254740991').count).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('goes on after its last range when it has no end', () => {
    const endless = Seeds.parse('2,5').endless();
    const seen: string[] = [];
    for (const seed of endless) if (seen.push(seed) === 5) break;
    expect(seen).toEqual(['2', '5', '6', '7', '8']);
    expect(endless.count).toBeNull();
  });

  it.each([
    ['5..1', '--seeds 5..1: the range 5..1 ends before it begins; did you mean 1..5?'],
    ['', '--seeds : a seed is missing; write 1..200, 7, or 1,5,9.'],
    ['1,,2', 'a seed is missing'],
    ['-1', '"-1" is no whole number and no range of them'],
    ['1..2..3', '"1..2..3" is no whole number'],
    ['1...3', '"1...3" is no whole number'],
    ['01', '"01" is no whole number'],
    ['one', '"one" is no whole number'],
    ['1.5', '"1.5" is no whole number'],
    ['1..99999999999999999', 'seeds go up to 9007199254740991'],
  ])('refuses %s', (text, message) => {
    expect(() => Seeds.parse(text)).toThrow(message);
  });
});
