import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MUTANTS, mutationsOf, NO_MUTATIONS, UnknownMutantError } from '../../../engine/index.js';
import { flagOf } from '../../../engine/mutants/mutant.js';

const root = join(import.meta.dirname, '../../..');

describe('mutants', () => {
  it('have names of their own, in kebab-case', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    for (const { name } of MUTANTS) expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
  });

  it('have a flag each', () => {
    expect(MUTANTS.map(({ name }) => flagOf(name)).sort()).toEqual(Object.keys(NO_MUTATIONS).sort());
  });

  it.each(MUTANTS)('$name sits where it says', ({ name, where }) => {
    const path = join(root, where);
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`\\b${flagOf(name)}\\b`));
  });

  it.each(MUTANTS)('$name says what it stands for', ({ mistake, source, needs }) => {
    for (const sentence of [mistake, source]) expect(sentence).toMatch(/^[A-Z].+\.$/s);
    expect(needs).toMatch(/^[a-z`].+[^.]$/);
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
