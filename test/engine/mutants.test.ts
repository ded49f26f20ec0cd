import { describe, expect, it } from 'vitest';
import { MUTANTS, mutationsOf, NO_MUTATIONS, UnknownMutantError } from '../../engine/index.js';

describe('mutants', () => {
  it('have names, flags and invariants of their own', () => {
    for (const field of ['name', 'flag', 'invariant'] as const) expect(new Set(MUTANTS.map((mutant) => mutant[field])).size).toBe(MUTANTS.length);
  });

  it('cover every flag', () => {
    expect(MUTANTS.map(({ flag }) => flag).sort()).toEqual(Object.keys(NO_MUTATIONS).sort());
  });

  it('are off unless asked for', () => {
    expect(Object.values(NO_MUTATIONS)).not.toContain(true);
    expect(mutationsOf([])).toEqual(NO_MUTATIONS);
    expect(mutationsOf(['scribble-body'])).toEqual({ ...NO_MUTATIONS, scribbleBody: true });
  });

  it('cannot be asked for by a wrong name', () => {
    expect(() => mutationsOf(['scribble-bodies'])).toThrow(UnknownMutantError);
    expect(() => mutationsOf(['scribble-bodies'])).toThrow('scribble-body');
  });
});
