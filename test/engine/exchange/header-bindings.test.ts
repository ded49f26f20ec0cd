import { describe, expect, it } from 'vitest';
import type { Headers } from '../../../engine/exchange/index.js';
import { aRouter, bindQueue, reached, settingsOf } from './a-router.js';

function isReached(args: Headers, headers: Headers): boolean {
  const router = aRouter();
  router.declare('h', settingsOf('headers'));
  bindQueue(router, 'h', 'q', 'ignored', args);
  return reached(router, 'h', 'whatever', headers).length === 1;
}

describe('header bindings', () => {
  it.each<[string, Headers, Headers, boolean]>([
    ['all of all', { a: 1, b: 'x' }, { a: 1, b: 'x', c: true }, true],
    ['one of all is missing', { a: 1, b: 'x' }, { a: 1 }, false],
    ['one of all differs', { a: 1, b: 'x' }, { a: 1, b: 'y' }, false],
    ['a text is no number', { a: 1 }, { a: '1' }, false],
    ['all without arguments', {}, {}, true],
    ['one of any', { 'x-match': 'any', a: 1, b: 2 }, { b: 2 }, true],
    ['none of any', { 'x-match': 'any', a: 1, b: 2 }, { a: 2, c: 1 }, false],
    ['any without arguments', { 'x-match': 'any' }, { a: 1 }, false],
    ['presence is enough', { a: null }, { a: 'anything' }, true],
    ['presence is needed', { a: null }, {}, false],
    ['all ignores x-headers', { 'x-version': 2, a: 1 }, { a: 1 }, true],
    ['all-with-x does not', { 'x-match': 'all-with-x', 'x-version': 2, a: 1 }, { a: 1 }, false],
    ['any-with-x sees them', { 'x-match': 'any-with-x', 'x-version': 2 }, { 'x-version': 2 }, true],
    ['any does not', { 'x-match': 'any', 'x-version': 2 }, { 'x-version': 2 }, false],
  ])('%s', (_what, args, headers, expected) => {
    expect(isReached(args, headers)).toBe(expected);
  });

  it('turn down a way to match that is none', () => {
    expect(() => isReached({ 'x-match': 'most' }, {})).toThrow(expect.objectContaining({ kind: 'bad-argument', subject: 'x-match' }));
  });
});
