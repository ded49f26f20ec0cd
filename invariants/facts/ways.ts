import type { RunContract } from '../contracts/run-contract.js';
import type { ExchangeContract, PublishContract } from '../contracts/topology.js';
import { BINDING_RULES } from './bindings.js';

/** The queues to which a message goes. A queue that may have been deleted takes its bindings with it, and a policy may change an alternate exchange. */
export interface Way {
  /** It goes there for sure. */
  readonly certain: ReadonlySet<string>;
  /** It goes nowhere else. */
  readonly possible: ReadonlySet<string>;
}

const MOST_WAYS = 65_536;

/** Works out where messages go, from what was declared. Each way is worked out once. */
export class Ways {
  readonly #exchanges: ReadonlyMap<string, ExchangeContract>;
  /** By name; whether it may be gone. */
  readonly #queues: ReadonlyMap<string, boolean>;
  readonly #known = new Map<PublishContract, Map<string, Way | null>>();
  #size = 0;

  constructor({ exchanges = [], queues }: Pick<RunContract, 'exchanges' | 'queues'>) {
    this.#exchanges = new Map(exchanges.map((exchange) => [exchange.name, exchange]));
    this.#queues = new Map(queues.map(({ name, drops }) => [name, drops === undefined || drops.mayBeDeleted]));
  }

  /** Null: nothing is said of the exchange. */
  of(publish: PublishContract, key: string): Way | null {
    let ways = this.#known.get(publish);
    if (ways === undefined) this.#known.set(publish, ways = new Map());
    let way = ways.get(key);
    if (way === undefined) {
      if (++this.#size > MOST_WAYS) this.#forget();
      way = this.#find(publish, key);
      ways.set(key, way);
    }
    return way;
  }

  /** Keys may be without number. */
  #forget(): void {
    for (const ways of this.#known.values()) ways.clear();
    this.#size = 1;
  }

  #find(publish: PublishContract, key: string): Way | null {
    if (publish.exchange === '') return this.#byName(key);
    if (!this.#exchanges.has(publish.exchange)) return null;
    return { certain: this.#walk(publish, key, true), possible: this.#walk(publish, key, false) };
  }

  /** The default exchange. */
  #byName(key: string): Way {
    const mayBeGone = this.#queues.get(key);
    return { certain: new Set(mayBeGone === false ? [key] : []), possible: new Set(mayBeGone === undefined ? [] : [key]) };
  }

  #walk({ exchange, headers }: PublishContract, key: string, isSure: boolean): Set<string> {
    const queues = new Set<string>();
    const exchanges = new Set([exchange]);
    // The set grows while it is walked through.
    for (const name of exchanges) {
      const here = this.#exchanges.get(name);
      if (here === undefined) continue;
      const targets = here.bindings.filter((binding) => BINDING_RULES[here.type](binding, key, headers)).map(({ target }) => target);
      for (const { kind, name: target } of targets) {
        if (kind === 'exchange') exchanges.add(target);
        else if (!isSure || this.#queues.get(target) === false) queues.add(target);
      }
      const mayBeAlone = targets.every(({ kind, name: target }) => kind === 'queue' && this.#queues.get(target) !== false);
      const isAlone = targets.length === 0 && here.alternates.length === 1;
      if (isSure ? isAlone : mayBeAlone) for (const alternate of here.alternates) if (alternate !== null) exchanges.add(alternate);
    }
    return queues;
  }
}
