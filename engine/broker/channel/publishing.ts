import { EventKind } from '../../../history/index.js';
import { DEFAULT_EXCHANGE, type Router } from '../../exchange/index.js';
import { type Envelope, routingKeysOf } from '../../queue/index.js';
import type { Channel } from './channel.js';
import type { Confirms } from './confirms.js';
import type { ChannelContext } from './context.js';
import { CONTENT_BYTES, type Publish, type PublishProperties } from './protocol.js';
import type { PushedQueue } from './pushed-queue.js';
import { timeToLive, typeName } from './queue-arguments.js';
import { ChannelFailure, REPLY_CODES } from './reply-codes.js';

const MICROS_PER_MILLI = 1_000;
const MAX_PRIORITY = 255;

/**
 * The way of a publish: through the exchange to queues, back to its publisher when it is mandatory and led nowhere, and then the confirm: an `ack` when
 * every queue took it, or there was none; a `nack` when one refused, though others have it.
 */
export class Publishing {
  readonly #node: ChannelContext;
  readonly #router: Router<PushedQueue>;
  readonly #targets: PushedQueue[] = [];
  readonly #addTarget = (queue: PushedQueue): void => {
    this.#targets.push(queue);
  };
  /** A classic queue refused something: of a quorum queue the channel hears that before its commit is under way, and forgets it. */
  #isRefusedLate = false;
  /** Mutant `returned-after-confirm`: what is still to be said. */
  #late: (() => void) | null = null;
  /** Mutants `bindings-read-late` and `unconfirmed-thrown-away`: publishes so far. */
  #count = 0;

  constructor(node: ChannelContext, router: Router<PushedQueue>) {
    this.#node = node;
    this.#router = router;
  }

  /** In a transaction it is routed and kept for the commit. */
  publish(channel: Channel, request: Publish): void {
    this.check(request);
    const { confirms, transaction, credit } = channel;
    this.#count++;
    credit.take();
    if (this.#node.mutations.unconfirmedThrownAway && confirms === null && transaction === null && this.#count % 8 === 0) return;
    const tag = confirms === null ? 0 : confirms.next();
    const envelope = envelopeOf(channel, request);
    this.#findTargets(request.exchange, envelope);
    if (transaction !== null) {
      transaction.publishes.push({ request, envelope, targets: [...this.#targets] });
      return;
    }
    const isTaken = this.#store(channel, request, envelope, this.#targets);
    if (confirms !== null) this.#confirm(confirms, tag, isTaken, isTaken && this.#hasDurableTarget(request));
    credit.look();
  }

  commit(channel: Channel): void {
    const { transaction } = channel;
    if (transaction === null) throw new ChannelFailure('PRECONDITION_FAILED', 'channel is not transactional');
    const { publishes, settlements } = transaction;
    transaction.clear();
    this.#isRefusedLate = false;
    for (const { request, envelope, targets } of publishes) {
      this.#store(channel, request, envelope, targets.filter(({ queue }) => !queue.state.isDeleted));
      this.#node.pump();
    }
    for (const settle of settlements) settle();
    channel.committed();
    // What the other queues took stays there. (RabbitMQ: rabbit_channel, complete_tx.)
    if (this.#isRefusedLate) throw new ChannelFailure('PRECONDITION_FAILED', 'partial tx completion');
    this.#node.sendWhenDurable(channel.session, { operation: 'methodOk', channel: channel.number, method: 'txCommit' });
  }

  #confirm(confirms: Confirms, tag: number, isTaken: boolean, waits: boolean): void {
    const { log } = this.#node.queues;
    if (waits) {
      confirms.wait(tag, log.nextPosition);
      if (log.nextPosition <= log.durablePosition) confirms.release(log.nextPosition);
    } else {
      confirms.settle(tag, isTaken);
      this.#late?.();
      this.#late = null;
    }
  }

  /** Whether it can be published at all. @throws {ChannelFailure} */
  check(request: Publish): void {
    const { exchange: name, properties, body, immediate } = request;
    if (immediate === true) throw new ChannelFailure('NOT_IMPLEMENTED', 'immediate=true');
    const { maxMessageBytes } = this.#node.config;
    if (body.length > maxMessageBytes) {
      throw new ChannelFailure('PRECONDITION_FAILED', `message size ${body.length} is larger than configured max size ${maxMessageBytes}`);
    }
    if (name !== DEFAULT_EXCHANGE) {
      const exchange = this.#router.exchange(name);
      if (exchange === null) throw new ChannelFailure('NOT_FOUND', `no exchange '${name}' in vhost '/'`);
      if (exchange.settings.internal) throw new ChannelFailure('ACCESS_REFUSED', `cannot publish to internal exchange '${name}' in vhost '/'`);
    }
    checkKeys('cc', properties.cc);
    checkKeys('bcc', properties.bcc);
    if (properties.expiration !== undefined) expirationMicros(properties.expiration);
    const { priority } = properties;
    if (priority !== undefined && !(Number.isInteger(priority) && priority >= 0 && priority <= MAX_PRIORITY)) {
      throw new ChannelFailure('SYNTAX_ERROR', `invalid priority ${priority}`);
    }
  }

  /** Where a dead letter goes; nowhere when its exchange is not there. */
  route(exchange: string, envelope: Envelope): readonly PushedQueue[] {
    const targets: PushedQueue[] = [];
    if (exchange !== DEFAULT_EXCHANGE && this.#router.exchange(exchange) === null) return targets;
    this.#router.route(exchange, routingKeysOf(envelope), envelope.headers, (queue) => targets.push(queue));
    return targets;
  }

  /** True when every queue to which it was routed took it. */
  #store(channel: Channel, request: Publish, envelope: Envelope, targets: readonly PushedQueue[]): boolean {
    if (targets.length === 0) this.#returnToSender(channel, request);
    let isTaken = true;
    for (let index = 0; index < targets.length; index++) {
      const target = targets[index]!;
      if (!target.push.publish(request.body, request.trace, envelope, channel)) {
        isTaken = false;
        if (target.push.policy.refusalFailsCommit) this.#isRefusedLate = true;
      } else this.#node.flow.published(target, channel, target.push.keeps(request.properties.persistent === true) ? this.#node.queues.log.nextPosition : null);
    }
    return isTaken;
  }

  #findTargets(exchange: string, envelope: Envelope): void {
    // Popped one by one, the list keeps its room for the next message.
    while (this.#targets.length > 0) this.#targets.pop();
    if (this.#node.mutations.bindingsReadLate && this.#count <= 3) return;
    this.#router.route(exchange, routingKeysOf(envelope), envelope.headers, this.#addTarget);
  }

  #returnToSender(channel: Channel, { exchange, routingKey, mandatory = false, trace, body }: Publish): void {
    const { sink, actor } = this.#node;
    sink.emit(EventKind.unroutable, actor, channel.session.client, sink.name(exchange === '' ? routingKey : exchange), trace, 0, mandatory ? 1 : 0, 0, 0);
    if (!mandatory) return;
    const { code } = REPLY_CODES.NO_ROUTE;
    const send = (): void => channel.send({ operation: 'returned', channel: channel.number, code, text: 'NO_ROUTE', exchange, routingKey, trace }, CONTENT_BYTES + body.length);
    if (this.#node.mutations.returnedAfterConfirm) this.#late = send;
    else send();
  }

  /** What no queue keeps is where it was to go at once; for the rest the journal has to be on its way. */
  #hasDurableTarget({ properties: { persistent = false } }: Publish): boolean {
    for (let index = 0; index < this.#targets.length; index++) if (this.#targets[index]!.push.keeps(persistent)) return true;
    return false;
  }
}

/** A publisher says the same of many messages: its channel keeps the latest envelope. */
function envelopeOf(channel: Channel, { exchange, routingKey, properties }: Publish): Envelope {
  const { latest } = channel;
  if (latest !== null && latest.properties === properties && latest.envelope.exchange === exchange && latest.envelope.keys[0] === routingKey) return latest.envelope;
  const envelope = makeEnvelope(exchange, routingKey, properties);
  channel.latest = { properties, envelope };
  return envelope;
}

function makeEnvelope(exchange: string, routingKey: string, properties: PublishProperties): Envelope {
  const { headers = {}, priority = null, expiration, persistent = false, cc = [], bcc = [] } = properties;
  return {
    exchange, keys: [routingKey, ...cc], headers, priority, expirationMicros: expiration === undefined ? null : expirationMicros(expiration),
    isPersistent: persistent, deaths: [], firstDeath: null, lastDeath: null, ...(bcc.length === 0 ? {} : { hiddenKeys: bcc }),
  };
}

/** @throws {ChannelFailure} 406 for further routing keys that are no list of texts */
function checkKeys(header: 'cc' | 'bcc', keys: unknown): void {
  if (keys === undefined || Array.isArray(keys)) return;
  throw new ChannelFailure('PRECONDITION_FAILED', `invalid message: {unacceptable_type_in_header,"${header.toUpperCase()}",${typeName(keys)}}`);
}

/** @throws {ChannelFailure} 406 for what is no number of milliseconds */
function expirationMicros(text: string): number {
  const [, digits, rest] = /^([+-]?\d+)?([^]*)$/.exec(text)!;
  const why = digits === undefined ? 'no_integer' : rest !== '' ? `{leftover_string,"${rest}"}` : timeToLive(Number(digits));
  if (why !== null) throw new ChannelFailure('PRECONDITION_FAILED', `invalid expiration '${text}': ${why}`);
  return Number(digits) * MICROS_PER_MILLI;
}
