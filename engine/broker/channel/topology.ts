import { EXCHANGE_TYPES, type ExchangeType, type Router } from '../../exchange/index.js';
import { firstDifference, type PushSettings, type QueueSettings } from '../../queue/index.js';
import type { Session } from '../session.js';
import type { Channel } from './channel.js';
import type { ChannelContext } from './context.js';
import type { Bind, ChannelRequest, ExchangeDeclare, ExchangeDelete, QueueDeclare, QueueDelete, QueuePurge } from './protocol.js';
import type { PushedQueue } from './pushed-queue.js';
import { readQueueArguments } from './queue-arguments.js';
import { ChannelFailure } from './reply-codes.js';

type TopologyRequest = ExchangeDeclare | ExchangeDelete | Bind | QueueDeclare | QueueDelete | QueuePurge;

const MAX_NAME_LENGTH = 255;
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
        this.#router.delete(request.name, request.ifUnused ?? false);
        return channel.ok('exchangeDelete');
      case 'queueBind':
      case 'exchangeBind':
      case 'queueUnbind':
      case 'exchangeUnbind': return this.#bind(channel, request, session);
      case 'queueDeclare': return this.#declareQueue(channel, request, session);
      case 'queueDelete': return this.#deleteQueue(channel, request, session);
      case 'queuePurge': return channel.ok('queuePurge', { messages: this.queue(request.name, session).push.purge() });
      default: this.#refuseUnknown(request);
    }
  }

  /** @throws {ChannelFailure} 404; 405 when it is another connection's own */
  queue(name: string, session: Session): PushedQueue {
    const queue = this.#node.find(name);
    if (queue === null) throw new ChannelFailure('NOT_FOUND', `no queue '${name}' in vhost '/'`);
    if (queue.owner !== null && queue.owner !== session) {
      throw new ChannelFailure('RESOURCE_LOCKED', `cannot obtain exclusive access to locked queue '${name}' in vhost '/'`);
    }
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
    if (passive) {
      if (this.#router.exchange(name) === null && name !== '') throw new ChannelFailure('NOT_FOUND', `no exchange '${name}' in vhost '/'`);
    } else {
      if (!isExchangeType(type)) throw new ChannelFailure('COMMAND_INVALID', `unknown exchange type '${type}'`);
      this.#router.declare(name, { type, durable, autoDelete, internal, alternateExchange });
    }
    channel.ok('exchangeDeclare');
  }

  #bind(channel: Channel, { operation, source, destination, key, arguments: args = {} }: Bind, session: Session): void {
    const isOfQueue = operation === 'queueBind' || operation === 'queueUnbind';
    if (isOfQueue) this.queue(destination, session);
    const request = { source, target: { kind: isOfQueue ? 'queue' : 'exchange', name: destination } as const, key, arguments: args };
    if (operation === 'queueBind' || operation === 'exchangeBind') this.#router.bind(request);
    else this.#router.unbind(request);
    channel.ok(operation);
  }

  #declareQueue(channel: Channel, request: QueueDeclare, session: Session): void {
    const name = request.name === '' ? `amq.gen-${++this.#lastName}` : request.name;
    const isKnown = this.#node.find(name) !== null;
    if (request.passive === true || isKnown) {
      const known = this.queue(name, session);
      if (request.passive !== true) this.#refuseDifference(known, request);
      if (known.push.policy.hasClassicFeatures) known.usedAt = this.#node.now;
      return this.#answerDeclare(channel, known);
    }
    if (request.name.startsWith(RESERVED)) throw new ChannelFailure('ACCESS_REFUSED', `queue name '${name}' contains reserved prefix 'amq.*'`);
    if (name.length > MAX_NAME_LENGTH) throw new ChannelFailure('SYNTAX_ERROR', 'the name of a queue is too long');
    const queue = this.#node.queues.declare(name, this.#settingsOf(name, request));
    this.#answerDeclare(channel, this.#node.served(queue, request.exclusive === true ? session : null));
  }

  #answerDeclare(channel: Channel, queue: PushedQueue): void {
    channel.ok('queueDeclare', { queue: queue.name, messages: queue.push.state.readyCount, consumers: queue.consumers.size });
  }

  #settingsOf(name: string, { durable = false, autoDelete = false, exclusive = false, arguments: args = {} }: QueueDeclare): QueueSettings {
    const { kind, settings } = readQueueArguments(name, args);
    const { defaults } = this.#node;
    if (kind === 'quorum' && !durable) throw new ChannelFailure('PRECONDITION_FAILED', `invalid property 'non-durable' for queue '${name}' in vhost '/'`);
    if (kind === 'quorum' && exclusive) throw new ChannelFailure('PRECONDITION_FAILED', `invalid property 'exclusive-owner' for queue '${name}' in vhost '/'`);
    const deliveryLimit = kind === 'quorum' ? (defaults.push?.deliveryLimit ?? null) : null;
    // What is one connection's own does not outlive the broker.
    const push = { ...(defaults.push as PushSettings), deliveryLimit, isDurable: durable && !exclusive, autoDelete, ...settings };
    return { ...defaults, kind, push };
  }

  #refuseDifference(known: PushedQueue, request: QueueDeclare): void {
    const { name } = known;
    const asked = this.#settingsOf(name, { ...request, exclusive: known.owner !== null });
    const { settings } = known.queue.state;
    if ((known.owner !== null) !== (request.exclusive === true)) throw new ChannelFailure('RESOURCE_LOCKED', `cannot obtain exclusive access to locked queue '${name}' in vhost '/'`);
    if (firstDifference(settings, asked) === null) return;
    const own = settings.push as PushSettings;
    const other = asked.push as PushSettings;
    const field = (Object.keys(own) as (keyof PushSettings)[]).find((candidate) => own[candidate] !== other[candidate]);
    const what = field === undefined ? ['x-queue-type', asked.kind, settings.kind] : [ARGUMENTS[field], other[field], own[field]];
    throw new ChannelFailure('PRECONDITION_FAILED', `inequivalent arg '${what[0]}' for queue '${name}' in vhost '/': received '${String(what[1])}' but current is '${String(what[2])}'`);
  }

  #deleteQueue(channel: Channel, { name, ifUnused = false, ifEmpty = false }: QueueDelete, session: Session): void {
    const known = this.#node.find(name);
    // To delete what is not there is no error.
    if (known === null) return channel.ok('queueDelete', { messages: 0 });
    const queue = this.queue(name, session);
    const messages = queue.push.state.readyCount;
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

const ARGUMENTS: Readonly<Record<keyof PushSettings, string>> = {
  isDurable: 'durable', autoDelete: 'auto_delete', messageTtlMicros: 'x-message-ttl', expiresMicros: 'x-expires', maxLength: 'x-max-length',
  maxLengthBytes: 'x-max-length-bytes', overflow: 'x-overflow', maxPriority: 'x-max-priority', deadLetterExchange: 'x-dead-letter-exchange',
  deadLetterRoutingKey: 'x-dead-letter-routing-key', deliveryLimit: 'x-delivery-limit', isSingleActive: 'x-single-active-consumer',
};

const isExchangeType = (type: string): type is ExchangeType => EXCHANGE_TYPES.some((known) => known === type);
