import { describe, expect, it } from 'vitest';
import { nearest } from '../../../scenarios/format/nearest.js';

const names = ['visibilityTimeout', 'delay', 'retention', 'acked-send-not-lost', 'crash', 's', 'ms'];

describe('nearest', () => {
  it.each([
    ['visibiltyTimeout', 'visibilityTimeout'],
    ['visibility_timeout', 'visibilityTimeout'],
    ['dealy', 'delay'],
    ['DELAY', 'delay'],
    ['acked-send-lost', 'acked-send-not-lost'],
    ['ackedSendNotLost', 'acked-send-not-lost'],
    ['carsh', 'crash'],
    ['sec', null],
    ['e', null],
    ['', null],
    ['something-else-entirely', null],
  ])('of %s is %s', (word, expected) => {
    expect(nearest(word, names)).toBe(expected);
  });

  it('prefers swapped letters to other ones', () => {
    expect(nearest('wroker', ['broker', 'worker'])).toBe('worker');
  });

  it('does not compare what is too long to be a slip', () => {
    expect(nearest('a'.repeat(100_000), ['a'.repeat(100_000)])).toBeNull();
  });
});
