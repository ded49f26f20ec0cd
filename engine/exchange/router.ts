import { type Mutations, NO_MUTATIONS } from '../mutants/index.js';
import type { Binding, BindingRequest, BindingTarget, Headers } from './binding.js';
import { Destination } from './destination.js';
import { RoutingError } from './errors.js';
import { Exchange, type ExchangeSettings } from './exchange.js';
import { headerMatchOf } from './header-bindings.js';
import { asRead } from './misread.js';
import { Route } from './route.js';

/** Name of the exchange to which every queue is bound by its own name, and nothing else. */
export const DEFAULT_EXCHANGE = '';

export interface RouterOptions {
  /** Exchanges that are there from the start. */
  readonly predeclared: Readonly<Record<string, ExchangeSettings>>;
  /** Names that begin so belong to the broker; empty: none do. */
  readonly reservedPrefix: string;
  /** The alternate exchange of one that was declared without; left out: none has any. */
  readonly alternateOf?: (exchange: string) => string | null;
  /** Deliberate bugs; left out: none. */
  readonly mutations?: Mutations;
}

/** Hears what comes and goes, by whatever request; not of what is there from the start. */
export interface TopologyListener<Q> {
  onExchange(exchange: Exchange<Q>, isThere: boolean): void;
  onBinding(source: Exchange<Q>, binding: Binding<Q>, isThere: boolean): void;
}

/**
 * The exchanges of a node and the way of a message through them to queues. `Q` is what the owner keeps of a queue.
 *
 * A message goes through an exchange at most once and to a queue at most once, whatever the number of bindings that lead there: no
 * cycle of exchanges turns for ever and nothing is stored twice. An exchange none of whose bindings matches hands the message to its
 * alternate exchange. (RabbitMQ: exchange-to-exchange bindings, alternate exchanges.)
 */
export class Router<Q> {
  readonly #options: RouterOptions;
  readonly #mutations: Mutations;
  readonly #exchanges = new Map<string, Exchange<Q>>();
  readonly #queues = new Map<string, Destination<Q>>();
  readonly #route = new Route<Q>();
  #listener: TopologyListener<Q> | null = null;
  /** Bindings that matched in the exchange that is being passed. */
  #matched = 0;
  readonly #meet = (destination: Destination<Q>): void => {
    this.#matched += 1;
    if (this.#mutations.eachBindingACopy && destination.kind === 'queue') this.#route.met.push(destination);
    else this.#route.meet(destination);
  };

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#mutations = options.mutations ?? NO_MUTATIONS;
    for (const [name, settings] of Object.entries(options.predeclared)) this.#add(name, settings);
  }

  /** From now on. */
  listen(listener: TopologyListener<Q>): void {
    this.#listener = listener;
  }

  exchange(name: string): Exchange<Q> | null {
    return this.#exchanges.get(name) ?? null;
  }

  get exchanges(): Iterable<Exchange<Q>> {
    return this.#exchanges.values();
  }

  /**
   * Declares an exchange. True when it is new; declaring it again with the same settings changes nothing.
   *
   * @throws {RoutingError} `reserved`, `inequivalent`
   */
  declare(name: string, settings: ExchangeSettings): boolean {
    const known = this.exchange(name);
    if (name === DEFAULT_EXCHANGE) throw reserved(name);
    if (known !== null) {
      const other = differingSetting(known.settings, settings);
      if (other === null) return false;
      throw new RoutingError('inequivalent', name, `The exchange "${name}" is there with another ${other}.`, { setting: other, known: known.settings[other], asked: settings[other] });
    }
    if (this.#isReserved(name)) throw reserved(name);
    const made = this.#add(name, settings);
    this.#listener?.onExchange(made, true);
    return true;
  }

  /**
   * Deletes an exchange with its bindings; one that is not there is gone already.
   *
   * @throws {RoutingError} `reserved`; `in-use` when it has bindings and must not
   */
  delete(name: string, onlyIfUnused: boolean): void {
    const exchange = this.exchange(name);
    if (name === DEFAULT_EXCHANGE || this.#isReserved(name)) throw reserved(name);
    if (exchange === null) return;
    if (onlyIfUnused && exchange.bindingCount > 0) throw new RoutingError('in-use', name, `The exchange "${name}" has bindings.`);
    this.#remove(exchange);
  }

  #add(name: string, settings: ExchangeSettings): Exchange<Q> {
    const made: Exchange<Q> = new Exchange<Q>(name, settings, (binding, isThere) => this.#listener?.onBinding(made, binding, isThere));
    this.#exchanges.set(name, made);
    return made;
  }

  #remove(exchange: Exchange<Q>): void {
    this.#exchanges.delete(exchange.name);
    exchange.clear();
    this.#listener?.onExchange(exchange, false);
    this.#unbindEverywhere(exchange.destination);
  }

  /** Makes a queue known; the default exchange leads to it by its name. */
  addQueue(name: string, queue: Q): void {
    this.#queues.set(name, new Destination('queue', name, queue));
  }

  /** Forgets a queue and the bindings that lead to it. */
  removeQueue(name: string): void {
    const destination = this.#queues.get(name);
    if (destination === undefined) return;
    this.#queues.delete(name);
    this.#unbindEverywhere(destination);
  }

  /**
   * Binds. True when the binding is new. `allow` may throw when the queue may not be bound.
   *
   * @throws {RoutingError} `exchange-not-found`, `queue-not-found`, `reserved`, `bad-argument`
   */
  bind(asked: BindingRequest, allow: (queue: Q | null) => void = () => {}): boolean {
    const source = this.#sourceOf(asked);
    const request = asRead(asked, source.settings.type, this.#mutations);
    const { target, key } = request;
    const destination = this.#destination(target);
    if (source.settings.type === 'headers' && headerMatchOf(request.arguments) === null) {
      const asked = request.arguments['x-match'];
      throw new RoutingError('bad-argument', 'x-match', `"${String(asked)}" is no way to match headers.`, { setting: 'x-match', known: null, asked });
    }
    allow(destination.queue);
    return source.bind(destination, key, request.arguments);
  }

  /**
   * Takes a binding away; one that is not there is gone already, and so it is when one of its ends is. An exchange that lives by its bindings goes with the last.
   *
   * @throws {RoutingError} `reserved`
   */
  unbind(request: BindingRequest, allow: (queue: Q | null) => void = () => {}): void {
    refuseDefault(request);
    const { target, key } = request;
    const source = this.exchange(request.source);
    const destination = this.#find(target);
    if (source === null || destination === undefined || !source.has(destination, key, request.arguments)) return;
    allow(destination.queue);
    if (source.unbind(destination, key, request.arguments)) this.#afterUnbind(source);
  }

  /**
   * Finds the queues of a message and calls back for each, once. Returns how many there are; 0 for a message that cannot be routed.
   * `keys` are its routing key and, if it has more than one, the others (RabbitMQ: sender-selected distribution).
   *
   * @throws {RoutingError} `exchange-not-found`, `internal`
   */
  route(exchangeName: string, keys: readonly string[], headers: Headers, visit: (queue: Q) => void): number {
    if (exchangeName === DEFAULT_EXCHANGE && keys.length === 1) return this.#routeByName(keys[0]!, visit);
    const route = this.#route;
    route.begin();
    if (exchangeName === DEFAULT_EXCHANGE) this.#matchDefault(keys);
    else {
      const exchange = this.exchange(exchangeName);
      if (exchange === null) throw notFound('exchange', exchangeName);
      if (exchange.settings.internal) throw new RoutingError('internal', exchangeName, `The exchange "${exchangeName}" is for other exchanges only.`);
      route.meet(exchange.destination);
    }
    let count = 0;
    // The list grows while exchanges on it are walked through.
    for (let i = 0; i < route.met.length; i++) {
      const { kind, name, queue } = route.met[i]!;
      if (kind === 'exchange') this.#pass(this.exchange(name)!, keys, headers);
      else {
        count += 1;
        visit(queue as Q);
        if (this.#mutations.firstQueueOnly) break;
      }
    }
    return count;
  }

  /** What most messages ask for: there is nothing to be met twice. */
  #routeByName(key: string, visit: (queue: Q) => void): number {
    const destination = this.#queues.get(key);
    if (destination === undefined) return 0;
    visit(destination.queue as Q);
    return 1;
  }

  #pass(exchange: Exchange<Q>, keys: readonly string[], headers: Headers): void {
    this.#matched = 0;
    for (let i = 0; i < keys.length; i++) exchange.match(keys[i]!, headers, this.#meet);
    if ((this.#matched > 0 && !this.#mutations.alternateGetsAll) || exchange.name === DEFAULT_EXCHANGE) return;
    const alternateExchange = exchange.settings.alternateExchange ?? this.#options.alternateOf?.(exchange.name) ?? null;
    if (alternateExchange === null) return;
    const alternate = this.exchange(alternateExchange);
    if (alternate !== null) this.#route.meet(alternate.destination);
  }

  #matchDefault(keys: readonly string[]): void {
    for (let i = 0; i < keys.length; i++) {
      const queue = this.#queues.get(keys[i]!);
      if (queue !== undefined) this.#route.meet(queue);
    }
  }

  #sourceOf(request: BindingRequest): Exchange<Q> {
    refuseDefault(request);
    const { source } = request;
    const exchange = this.exchange(source);
    if (exchange === null) throw notFound('exchange', source);
    return exchange;
  }

  #destination(target: BindingTarget): Destination<Q> {
    const found = this.#find(target);
    if (found === undefined) throw notFound(target.kind, target.name);
    return found;
  }

  #find({ kind, name }: BindingTarget): Destination<Q> | undefined {
    return kind === 'queue' ? this.#queues.get(name) : this.exchange(name)?.destination;
  }

  #unbindEverywhere(destination: Destination<Q>): void {
    for (const exchange of [...this.#exchanges.values()]) if (exchange.unbindAll(destination)) this.#afterUnbind(exchange);
  }

  #afterUnbind(exchange: Exchange<Q>): void {
    if (exchange.settings.autoDelete && exchange.bindingCount === 0 && this.#exchanges.has(exchange.name)) this.#remove(exchange);
  }

  #isReserved(name: string): boolean {
    const { reservedPrefix } = this.#options;
    return reservedPrefix !== '' && name.startsWith(reservedPrefix);
  }
}

function differingSetting(left: ExchangeSettings, right: ExchangeSettings): keyof ExchangeSettings | null {
  const names = ['type', 'durable', 'autoDelete', 'internal', 'alternateExchange'] as const;
  return names.find((name) => left[name] !== right[name]) ?? null;
}

function refuseDefault({ source, target }: BindingRequest): void {
  if (source === DEFAULT_EXCHANGE || (target.kind === 'exchange' && target.name === DEFAULT_EXCHANGE)) throw reserved(DEFAULT_EXCHANGE);
}

function reserved(name: string): RoutingError {
  const what = name === DEFAULT_EXCHANGE ? 'The default exchange' : `The exchange "${name}"`;
  return new RoutingError('reserved', name, `${what} is the broker's own.`);
}

function notFound(kind: 'queue' | 'exchange', name: string): RoutingError {
  return new RoutingError(`${kind}-not-found`, name, `There is no ${kind} "${name}".`);
}
