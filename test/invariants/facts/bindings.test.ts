import { describe, expect, it } from 'vitest';
import { BINDING_RULES } from '../../../invariants/facts/bindings.js';

const target = { kind: 'queue', name: 'orders' } as const;
const topic = (pattern: string, key: string): boolean => BINDING_RULES.topic({ target, key: pattern, headers: {} }, key, {});
const headers = (wanted: Readonly<Record<string, string | number | boolean | null>>, given: Readonly<Record<string, string | number | boolean>>): boolean =>
  BINDING_RULES.headers({ target, key: '', headers: wanted }, 'any key', given);

describe('the rules of bindings', () => {
  it.each([
    ['order.*', 'order.new', true], ['order.*', 'order', false], ['order.*', 'order.new.today', false],
    ['a.#', 'a', true], ['#.b', 'b', true], ['a.#.b', 'a.b', true], ['a.#.b', 'a.x.y.b', true], ['a.#.b', 'a.b.c', false],
    ['#', '', true], ['*', '', false], ['', '', true], ['', 'a', false], ['#.#', 'a', true], ['*.#.*', 'a', false], ['a..b', 'a..b', true], ['a.*.b', 'a..b', true],
  ])('the topic key "%s" and "%s": %s', (pattern, key, isMatch) => {
    expect(topic(pattern, key)).toBe(isMatch);
  });

  it('compare the whole key in a direct exchange, and nothing in a fanout exchange', () => {
    expect(BINDING_RULES.direct({ target, key: 'a', headers: {} }, 'a', {})).toBe(true);
    expect(BINDING_RULES.direct({ target, key: 'a', headers: {} }, 'a.b', {})).toBe(false);
    expect(BINDING_RULES.fanout({ target, key: 'a', headers: {} }, 'b', {})).toBe(true);
  });

  it('want all headers, or one of them, and look at those with x- when they are told to', () => {
    const png = { format: 'png', 'x-kind': 1 };
    expect(headers({ format: 'png', size: 1 }, png)).toBe(false);
    expect(headers({ 'x-match': 'any', format: 'png', size: 1 }, png)).toBe(true);
    expect(headers({ 'x-match': 'all', format: 'png', 'x-kind': 2 }, png)).toBe(true);
    expect(headers({ 'x-match': 'all-with-x', format: 'png', 'x-kind': 2 }, png)).toBe(false);
    expect(headers({ 'x-match': 'any', 'x-kind': 1 }, png)).toBe(false);
    expect(headers({ 'x-match': 'any-with-x', 'x-kind': 1 }, png)).toBe(true);
  });

  it('want of a header without a value that it is there', () => {
    expect(headers({ format: null }, { format: 'png' })).toBe(true);
    expect(headers({ format: null }, { size: 1 })).toBe(false);
    expect(headers({ 'x-match': 'any', format: null, size: 2 }, { format: false })).toBe(true);
    expect(headers({ 'x-match': 'any', 'x-kind': null }, { 'x-kind': 1 })).toBe(false);
  });

  it('take everything without headers when all of none are wanted, and nothing when one of none is', () => {
    expect(headers({}, {})).toBe(true);
    expect(headers({ 'x-match': 'any' }, { format: 'png' })).toBe(false);
  });
});
