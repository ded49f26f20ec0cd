import { Closed, type NameId } from '../history/index.js';
import { closedCounts, type SpecialCounts } from './counts.js';
import type { RefusalResult } from './result.js';

const WORDS: Readonly<Record<Closed, RefusalResult['closed']>> = { [Closed.nothing]: 'nothing', [Closed.channel]: 'channel', [Closed.connection]: 'connection' };

interface Refusal {
  readonly code: NameId;
  readonly closed: Closed;
  count: number;
}

/** What brokers refused, by the code of the error and by what they closed for it. */
export class Refusals {
  /** There are as many as the protocols have codes. */
  readonly #refusals: Refusal[] = [];

  add(code: NameId, closed: Closed, counts: SpecialCounts): void {
    if (closed !== Closed.nothing) counts[closedCounts[closed]]++;
    const known = this.#refusals.find((refusal) => refusal.code === code && refusal.closed === closed);
    if (known === undefined) this.#refusals.push({ code, closed, count: 1 });
    else known.count++;
  }

  /** The most frequent first. */
  result(nameOf: (id: NameId) => string): RefusalResult[] {
    const all = this.#refusals.map(({ code, closed, count }) => ({ code: nameOf(code), closed: WORDS[closed], count }));
    return all.sort((one, other) => other.count - one.count || (one.code < other.code ? -1 : 1));
  }
}
