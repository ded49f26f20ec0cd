import { type Binding, bindingId, type BindingTable, type Headers } from './binding.js';
import { Destination } from './destination.js';
import { DirectBindings } from './direct-bindings.js';
import { FanoutBindings } from './fanout-bindings.js';
import { HeaderBindings } from './header-bindings.js';
import { TopicBindings } from './topic-bindings.js';

export const EXCHANGE_TYPES = ['direct', 'fanout', 'topic', 'headers'] as const;
export type ExchangeType = (typeof EXCHANGE_TYPES)[number];

export interface ExchangeSettings {
  readonly type: ExchangeType;
  /** Whether it outlives a restart of the broker. */
  readonly durable: boolean;
  /** Whether it goes when the last of its bindings does. */
  readonly autoDelete: boolean;
  /** Whether only other exchanges may send to it. */
  readonly internal: boolean;
  /** Name of the exchange that gets what no binding matches; null: none. */
  readonly alternateExchange: string | null;
}

const TABLES: Readonly<Record<ExchangeType, new <Q>() => BindingTable<Q>>> = {
  direct: DirectBindings,
  fanout: FanoutBindings,
  topic: TopicBindings,
  headers: HeaderBindings,
};

/** One exchange with the bindings that leave it. */
export class Exchange<Q> {
  readonly name: string;
  readonly settings: ExchangeSettings;
  /** Itself, as the destination of other exchanges' bindings. */
  readonly destination: Destination<Q>;
  readonly #table: BindingTable<Q>;
  readonly #bindings = new Map<string, Binding<Q>>();

  readonly #onBinding: (binding: Binding<Q>, isThere: boolean) => void;

  constructor(name: string, settings: ExchangeSettings, onBinding: (binding: Binding<Q>, isThere: boolean) => void = () => {}) {
    this.#onBinding = onBinding;
    this.name = name;
    this.settings = settings;
    this.destination = new Destination<Q>('exchange', name, null);
    this.#table = new TABLES[settings.type]<Q>();
  }

  get bindingCount(): number {
    return this.#bindings.size;
  }

  get bindings(): Iterable<Binding<Q>> {
    return this.#bindings.values();
  }

  /** False when it is there already. */
  bind(destination: Destination<Q>, key: string, args: Headers): boolean {
    const id = bindingId(destination.kind, destination.name, key, args);
    if (this.#bindings.has(id)) return false;
    const binding = { destination, key, arguments: args };
    this.#bindings.set(id, binding);
    this.#table.add(binding);
    this.#onBinding(binding, true);
    return true;
  }

  has(destination: Destination<Q>, key: string, args: Headers): boolean {
    return this.#bindings.has(bindingId(destination.kind, destination.name, key, args));
  }

  /** False when there is none. */
  unbind(destination: Destination<Q>, key: string, args: Headers): boolean {
    return this.#remove(bindingId(destination.kind, destination.name, key, args));
  }

  /** Takes away every binding to a destination that is gone; false when there is none. */
  unbindAll(destination: Destination<Q>): boolean {
    const ids = [...this.#bindings].filter(([, binding]) => binding.destination === destination).map(([id]) => id);
    for (const id of ids) this.#remove(id);
    return ids.length > 0;
  }

  /** Takes away every binding: the exchange is going. */
  clear(): void {
    for (const id of [...this.#bindings.keys()]) this.#remove(id);
  }

  match(key: string, headers: Headers, visit: (destination: Destination<Q>) => void): void {
    this.#table.match(key, headers, visit);
  }

  #remove(id: string): boolean {
    const binding = this.#bindings.get(id);
    if (binding === undefined) return false;
    this.#bindings.delete(id);
    this.#table.remove(binding);
    this.#onBinding(binding, false);
    return true;
  }
}
