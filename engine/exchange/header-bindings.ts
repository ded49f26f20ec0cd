import type { Binding, BindingTable, Headers } from './binding.js';
import type { Destination } from './destination.js';

/** The four values of `x-match`. The ones with `-with-x` look at headers that begin with `x-` too. */
export const HEADER_MATCHES = ['all', 'any', 'all-with-x', 'any-with-x'] as const;
export type HeaderMatch = (typeof HEADER_MATCHES)[number];

const MATCH_ARGUMENT = 'x-match';

/** How a binding wants its arguments to match; null for a value that is none of the four. Default `all`. */
export function headerMatchOf(args: Headers): HeaderMatch | null {
  const given = Object.hasOwn(args, MATCH_ARGUMENT) ? args[MATCH_ARGUMENT] : 'all';
  return HEADER_MATCHES.find((match) => match === given) ?? null;
}

interface Wanted<Q> {
  readonly binding: Binding<Q>;
  readonly needsAll: boolean;
  readonly headers: readonly (readonly [name: string, value: string | number | boolean | null])[];
}

/**
 * Type `headers`: the arguments of a binding are compared with the headers of the message, and the routing key is ignored.
 *
 * | `x-match` | matches when | without arguments |
 * | --------- | ------------ | ----------------- |
 * | `all`, `all-with-x` | every argument has its equal | always |
 * | `any`, `any-with-x` | one argument has its equal | never |
 *
 * An argument without a value asks only that the header is there. (RabbitMQ: headers exchange.)
 */
export class HeaderBindings<Q> implements BindingTable<Q> {
  #wanted: readonly Wanted<Q>[] = [];

  add(binding: Binding<Q>): void {
    const match = headerMatchOf(binding.arguments) ?? 'all';
    const looksAtX = match.endsWith('-with-x');
    const headers = Object.entries(binding.arguments).filter(([name]) => name !== MATCH_ARGUMENT && (looksAtX || !name.startsWith('x-')));
    this.#wanted = [...this.#wanted, { binding, needsAll: match.startsWith('all'), headers }];
  }

  remove(binding: Binding<Q>): void {
    this.#wanted = this.#wanted.filter((wanted) => wanted.binding !== binding);
  }

  match(_key: string, headers: Headers, visit: (destination: Destination<Q>) => void): void {
    for (let i = 0; i < this.#wanted.length; i++) {
      const wanted = this.#wanted[i]!;
      if (isMatch(wanted, headers)) visit(wanted.binding.destination);
    }
  }
}

function isMatch<Q>(wanted: Wanted<Q>, headers: Headers): boolean {
  for (const [name, value] of wanted.headers) {
    const isEqual = Object.hasOwn(headers, name) && (value === null || headers[name] === value);
    if (isEqual !== wanted.needsAll) return isEqual;
  }
  return wanted.needsAll;
}
