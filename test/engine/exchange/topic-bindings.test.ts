import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Binding } from '../../../engine/exchange/binding.js';
import { Destination } from '../../../engine/exchange/destination.js';
import { TopicBindings } from '../../../engine/exchange/topic-bindings.js';

const bindingTo = (key: string): Binding<string> => ({ destination: new Destination('queue', key, key), key, arguments: {} });

function matches(bindings: TopicBindings<string>, key: string): string[] {
  const found: string[] = [];
  bindings.match(key, {}, ({ name }) => found.push(name));
  return found.sort();
}

/** The rule, word by word, the slow way. */
function isMatch(pattern: readonly string[], words: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return words.length === 0;
  if (first === '#') return isMatch(rest, words) || (words.length > 0 && isMatch(pattern, words.slice(1)));
  return words.length > 0 && (first === '*' || first === words[0]) && isMatch(rest, words.slice(1));
}

const wordsOf = (key: string): string[] => (key === '' ? [] : key.split('.'));

describe('topic bindings', () => {
  // Measured on RabbitMQ 3.10.
  it.each([
    ['#', '', true], ['*', '', false], ['', '', true], ['a.#', 'a', true], ['#.b', 'b', true], ['a.#.b', 'a.b', true],
    ['a.*', 'a', false], ['a.*', 'a.b', true], ['a.*', 'a.b.c', false], ['*.*', 'a.', true], ['a', 'A', false], ['#.#', '', true],
  ])('the binding key %j and the routing key %j: %j', (pattern, key, expected) => {
    const bindings = new TopicBindings<string>();
    bindings.add(bindingTo(pattern));
    expect(matches(bindings, key)).toEqual(expected ? [pattern] : []);
  });

  const word = fc.constantFrom('a', 'b', '');
  const routingKey = fc.array(word, { maxLength: 6 }).map((words) => words.join('.'));
  const bindingKey = fc.array(fc.oneof(word, fc.constantFrom('*', '#')), { maxLength: 5 }).map((words) => words.join('.'));

  it('match what the rule says, also when others have been removed', () => {
    fc.assert(fc.property(fc.uniqueArray(bindingKey, { maxLength: 12 }), fc.uniqueArray(bindingKey, { maxLength: 6 }), fc.array(routingKey, { maxLength: 10 }), (kept, removed, keys) => {
      const table = new TopicBindings<string>();
      const gone = removed.filter((key) => !kept.includes(key)).map(bindingTo);
      for (const binding of [...gone, ...kept.map(bindingTo)]) table.add(binding);
      for (const binding of gone) table.remove(binding);
      for (const key of keys) {
        expect(matches(table, key)).toEqual(kept.filter((pattern) => isMatch(wordsOf(pattern), wordsOf(key))).sort());
      }
    }), { numRuns: 300 });
  });

  it('take no longer for a key with many hashes than its words and nodes allow', () => {
    const table = new TopicBindings<string>();
    const pattern = Array.from({ length: 20 }, () => '#.a').join('.');
    table.add(bindingTo(`${pattern}.b`));
    // Trying every way to spread 60 words over 20 hashes would not end.
    expect(matches(table, Array.from({ length: 60 }, () => 'a').join('.'))).toEqual([]);
  });
});
