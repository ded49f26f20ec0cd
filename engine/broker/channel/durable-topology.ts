import { type Binding, bindingId, type BindingRequest, type Exchange, type ExchangeSettings, type Router, RoutingError, type TopologyListener } from '../../exchange/index.js';
import type { Queues } from '../../queue/index.js';
import type { PushedQueue } from './pushed-queue.js';

const EXCHANGE = 'exchange ';
const BINDING = 'binding ';

/**
 * Exchanges that clients declared durable, and the bindings between them and durable queues: noted in the journal as they come and go, and there again after a
 * restart. (RabbitMQ: a binding is durable when both its ends are.)
 */
export class DurableTopology implements TopologyListener<PushedQueue> {
  readonly #router: Router<PushedQueue>;
  readonly #queues: Queues;

  constructor(router: Router<PushedQueue>, queues: Queues) {
    this.#router = router;
    this.#queues = queues;
  }

  /** What the journal says is there again, and from now on it is written. What the configuration has declared is left as it is. */
  restore(): void {
    const notes = [...this.#queues.registry.notes];
    for (const [name, text] of notes) {
      const exchange = name.slice(EXCHANGE.length);
      if (name.startsWith(EXCHANGE) && this.#router.exchange(exchange) === null) this.#router.declare(exchange, JSON.parse(text) as ExchangeSettings);
    }
    for (const [name, text] of notes) if (name.startsWith(BINDING)) this.#bind(JSON.parse(text) as BindingRequest);
    this.#router.listen(this);
  }

  onExchange({ name, settings }: Exchange<PushedQueue>, isThere: boolean): void {
    if (settings.durable) this.#queues.note(EXCHANGE + name, isThere ? JSON.stringify(settings) : null);
  }

  onBinding(source: Exchange<PushedQueue>, { destination, key, arguments: args }: Binding<PushedQueue>, isThere: boolean): void {
    const { kind, name, queue } = destination;
    const isDurable = queue === null ? this.#router.exchange(name)?.settings.durable : queue.push.settings.isDurable;
    const id = `${BINDING}${source.name} ${bindingId(kind, name, key, args)}`;
    if (!isThere) this.#queues.note(id, null);
    else if (source.settings.durable && isDurable === true) {
      const request: BindingRequest = { source: source.name, target: { kind, name }, key, arguments: args };
      this.#queues.note(id, JSON.stringify(request));
    }
  }

  /** One of its ends may be gone: a queue of the configuration that is not there any more. */
  #bind(request: BindingRequest): void {
    try {
      this.#router.bind(request);
    } catch (error) {
      if (!(error instanceof RoutingError)) throw error;
    }
  }
}
