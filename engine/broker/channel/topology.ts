import { DEFAULT_EXCHANGE, EXCHANGE_TYPES, type ExchangeType, type Router } from '../../exchange/index.js';
import type { PushSettings, QueueSettings } from '../../queue/index.js';
import type { Session } from '../session.js';
import type { Channel } from './channel.js';
import type { ChannelContext } from './context.js';
import type { Bind, ChannelRequest, ExchangeDeclare, ExchangeDelete, QueueDeclare, QueueDelete, QueuePurge } from './protocol.js';
import type { PushedQueue } from './pushed-queue.js';
import { type Arguments, argumentsOf, inequivalent, readQueueArguments, refuseOtherArguments, typeName } from './queue-arguments.js';
import { ChannelFailure } from './reply-codes.js';

type TopologyRequest = ExchangeDeclare | ExchangeDelete | Bind | QueueDeclare | QueueDelete | QueuePurge;

const RESERVED = 'amq.';

/** Exchanges, queues and bindings as clients declare and delete them. */
export class Topology {
  readonly #node: ChannelContext;
  readonly #router: Router<PushedQueue>;
  #lastName = 0;

  constructor(node: ChannelContext, router: Router<PushedQueue>) {
    this.#node = node;
    this.#router = router;
  }

  carryOut(channel: Channel, request: TopologyRequest, session: Session): void {
    switch (request.operation) {
      case 'exchangeDeclare': return this.#declareExchange(channel, request);
      case 'exchangeDelete':
        refuseSystemExchange(request.name);
        this.#router.delete(request.name, request.ifUnused ?? false);
        return channel.ok('exchangeDelete');
      case 'queueBind':
      case 'exchangeBind':
      case 'queueUnbind':
      case 'exchangeUnbind': return this.#bind(channel, request, session);
      case 'queueDeclare': return this.#declareQueue(channel, request, session);
      case 'queueDelete': return this.#deleteQueue(channel, request, session);
      case 'queuePurge': return channel.ok('queuePurge', { messages: this.queue(channel.named(request.name), session).push.purge() });
      default: this.#refuseUnknown(request);
    }
  }

  /** @throws {ChannelFailure} 404; 405 when it is another connection's own */
  queue(name: string, session: Session): PushedQueue {
    const queue = this.#node.find(name);
    if (queue === null) throw new ChannelFailure('NOT_FOUND', `no queue '${name}' in vhost '/'`);
    refuseLocked(queue, session);
    return queue;
  }

  /** Queues that were one connection's own go with it. */
  deleteExclusive(session: Session): void {
    for (const name of this.#node.queues.names) {
      const queue = this.#node.find(name);
      if (queue?.owner === session) this.#node.deleteQueue(queue);
    }
  }

  #declareExchange(channel: Channel, request: ExchangeDeclare): void {
    const { name, type, passive = false, durable = false, autoDelete = false, internal = false, alternateExchange = null } = request;
    if (!passive && !isExchangeType(type)) throw new ChannelFailure('COMMAND_INVALID', `unknown exchange type '${type}'`);
    if (name === DEFAULT_EXCHANGE) throw new ChannelFailure('ACCESS_REFUSED', 'operation not permitted on the default exchange');
    // The types have a text here; what comes over a wire need not be one.
    if (!passive && alternateExchange !== null && typeof alternateExchange !== 'string') {
      throw new ChannelFailure('PRECONDITION_FAILED', `invalid type '${typeName(alternateExchange)}' for arg 'alternate-exchange' in exchange '${name}' in vhost '/'`);
    }
    if (!isExchangeType(type) || passive) {
      if (this.#router.exchange(name) === null) throw new ChannelFailure('NOT_FOUND', `no exchange '${name}' in vhost '/'`);
    } else {
      this.#router.declare(name, { type, durable, autoDelete, internal, alternateExchange });
    }
    channel.ok('exchangeDeclare');
  }

  #bind(channel: Channel, { operation, source, destination, key, arguments: args = {} }: Bind, session: Session): void {
    const kind = operation === 'queueBind' || operation === 'queueUnbind' ? 'queue' : 'exchange';
    const name = kind === 'queue' ? channel.named(destination) : destination;
    // The queue that was declared last, and its name for a key, too, when neither is said.
    const isShort = kind === 'queue' && destination === '' && key === '';
    const request = { source, target: { kind, name } as const, key: isShort ? name : key, arguments: args };
    const allow = (queue: PushedQueue | null): void => {
      if (queue !== null) refuseLocked(queue, session);
    };
    if (operation === 'queueBind' || operation === 'exchangeBind') this.#router.bind(request, allow);
    else this.#router.unbind(request, allow);
    channel.ok(operation);
  }

  #declareQueue(channel: Channel, request: QueueDeclare, session: Session): void {
    if (request.passive === true) {
      const there = this.queue(channel.named(request.name), session);
      this.#isUsed(there);
      return this.#answerDeclare(channel, there);
    }
    if (request.name.startsWith(RESERVED)) throw new ChannelFailure('ACCESS_REFUSED', `queue name '${request.name}' contains reserved prefix 'amq.*'`);
    const name = request.name === '' ? `amq.gen-${++this.#lastName}` : request.name;
    const known = this.#node.find(name);
    if (known !== null) {
      this.#refuseDifference(known, request, session);
      this.#isUsed(known);
      return this.#answerDeclare(channel, known);
    }
    const queue = this.#node.queues.declare(name, this.#settingsOf(name, request));
    this.#answerDeclare(channel, this.#node.served(queue, request.exclusive === true ? session : null));
  }

  #isUsed(queue: PushedQueue): void {
    if (queue.push.policy.declarationIsUse) queue.usedAt = this.#node.now;
  }

  #answerDeclare(channel: Channel, queue: PushedQueue): void {
    channel.lastDeclared = queue.name;
    channel.ok('queueDeclare', { queue: queue.name, messages: queue.push.state.readyCount, consumers: queue.consumers.size });
  }

  #settingsOf(name: string, { durable = false, autoDelete = false, exclusive = false, arguments: args = {} }: QueueDeclare): QueueSettings {
    const { kind, settings } = readQueueArguments(name, args, this.#node.known);
    const { defaults, config } = this.#node;
    if (!durable && !exclusive && !config.permitsDeprecated) {
      throw new ChannelFailure('INTERNAL_ERROR', 'Feature `transient_nonexcl_queues` is deprecated. By default, this feature is not permitted anymore.');
    }
    if (kind === 'quorum' && autoDelete) throw new ChannelFailure('PRECONDITION_FAILED', `invalid property 'auto-delete' for queue '${name}' in vhost '/'`);
    if (kind === 'quorum' && exclusive) throw new ChannelFailure('PRECONDITION_FAILED', `invalid property 'exclusive-owner' for queue '${name}' in vhost '/'`);
    if (kind === 'quorum' && !durable) throw new ChannelFailure('PRECONDITION_FAILED', `invalid property 'non-durable' for queue '${name}' in vhost '/'`);
    const deliveryLimit = kind === 'quorum' ? (defaults.push?.deliveryLimit ?? null) : null;
    // What is one connection's own does not outlive the broker.
    const push = { ...(defaults.push as PushSettings), deliveryLimit, isDurable: durable && !exclusive, autoDelete, ...settings };
    return { ...defaults, kind, push };
  }

  /** What is there is compared with what is asked for as it stands, whether or not it could be. (RabbitMQ: rabbit_amqqueue:assert_equivalence.) */
  #refuseDifference(known: PushedQueue, request: QueueDeclare, session: Session): void {
    const { name } = known;
    const { durable = false, autoDelete = false, exclusive = false, arguments: args = {} } = request;
    if (known.owner !== (exclusive ? session : null)) throw locked(name);
    const { kind, push } = known.queue.state.settings;
    const own = push as PushSettings;
    if (own.isDurable !== (durable && !exclusive)) throw inequivalent('durable', `queue '${name}'`, durable && !exclusive, own.isDurable);
    if (own.autoDelete !== autoDelete) throw inequivalent('auto_delete', `queue '${name}'`, autoDelete, own.autoDelete);
    const declared = own.declared === undefined ? argumentsOf(kind, own, this.#node.defaults.push as PushSettings) : JSON.parse(own.declared) as Arguments;
    refuseOtherArguments(name, kind, declared, args, this.#node.known);
  }

  #deleteQueue(channel: Channel, { name: asked, ifUnused = false, ifEmpty = false }: QueueDelete, session: Session): void {
    const name = channel.named(asked);
    const known = this.#node.find(name);
    // To delete what is not there is no error.
    if (known === null) return channel.ok('queueDelete', { messages: 0 });
    const queue = this.queue(name, session);
    const messages = queue.push.state.readyCount;
    if (!queue.push.policy.deletesOnCondition && (ifUnused || ifEmpty)) {
      const flag = ifUnused ? 'if-unused' : 'if-empty';
      throw new ChannelFailure('NOT_IMPLEMENTED', `cannot delete queue '${name}' in vhost '/'. queue.delete operations with ${flag} flag set are not supported by quorum queues`);
    }
    if (ifUnused && queue.consumers.size > 0) throw new ChannelFailure('PRECONDITION_FAILED', `queue '${name}' in vhost '/' in use`);
    if (ifEmpty && messages > 0) throw new ChannelFailure('PRECONDITION_FAILED', `queue '${name}' in vhost '/' not empty`);
    this.#node.deleteQueue(queue);
    channel.ok('queueDelete', { messages });
  }

  /** The types know all methods; what comes over a wire need not. */
  #refuseUnknown(request: never): never {
    throw new ChannelFailure('NOT_IMPLEMENTED', `unknown method '${(request as ChannelRequest).operation}'`);
  }
}

function refuseSystemExchange(name: string): void {
  if (name.startsWith(RESERVED)) throw new ChannelFailure('ACCESS_REFUSED', `deletion of system exchange '${name}' in vhost '/' not allowed`);
}

function refuseLocked(queue: PushedQueue, session: Session): void {
  if (queue.owner !== null && queue.owner !== session) throw locked(queue.name);
}

function locked(name: string): ChannelFailure {
  return new ChannelFailure('RESOURCE_LOCKED', `cannot obtain exclusive access to locked queue '${name}' in vhost '/'. It could be originally declared on another `
    + 'connection or the exclusive property value does not match that of the original declaration.');
}

const isExchangeType = (type: string): type is ExchangeType => EXCHANGE_TYPES.some((known) => known === type);
