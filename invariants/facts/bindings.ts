import type { BindingContract, ExchangeContract, HeaderValue } from '../contracts/topology.js';

export type Headers = Readonly<Record<string, HeaderValue>>;

type Rule = (binding: BindingContract, key: string, headers: Headers) => boolean;

/** Whether a binding takes a message. Written down from the rules (AMQP 0-9-1 §3.1.3; RabbitMQ: headers exchange), with nothing of what the broker does to be fast. */
export const BINDING_RULES: Readonly<Record<ExchangeContract['type'], Rule>> = {
  fanout: () => true,
  direct: (binding, key) => binding.key === key,
  topic: (binding, key) => topicMatches(binding.key, key),
  headers: (binding, _, headers) => headersMatch(binding.headers, headers),
};

const wordsOf = (key: string): readonly string[] => (key === '' ? [] : key.split('.'));

/** `*` is one word, `#` any number of them. */
function topicMatches(pattern: string, key: string): boolean {
  const words = wordsOf(key);
  /** Whether the pattern so far can stand for the first so many words. */
  let reached = [true, ...words.map(() => false)];
  for (const part of wordsOf(pattern)) {
    const next: boolean[] = [];
    for (let taken = 0; taken <= words.length; taken++) {
      next.push(part === '#' ? reached[taken]! || next[taken - 1] === true : taken > 0 && reached[taken - 1]! && (part === '*' || part === words[taken - 1]));
    }
    reached = next;
  }
  return reached[words.length]!;
}

function headersMatch(wanted: BindingContract['headers'], headers: Headers): boolean {
  const match = String(wanted['x-match'] ?? 'all');
  const counts = (name: string): boolean => name !== 'x-match' && (match.endsWith('-with-x') || !name.startsWith('x-'));
  const names = Object.keys(wanted).filter(counts);
  const isMet = (name: string): boolean => Object.hasOwn(headers, name) && (wanted[name] === null || headers[name] === wanted[name]);
  return match.startsWith('all') ? names.every(isMet) : names.some(isMet);
}
