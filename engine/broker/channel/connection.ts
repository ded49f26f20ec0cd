import { BlockReason, EventKind } from '../../../history/index.js';
import { RoutingError } from '../../exchange/index.js';
import type { Return } from '../../queue/index.js';
import type { Session } from '../session.js';
import { Channel } from './channel.js';
import type { ChannelOwner } from './channel-owner.js';
import type { ChannelContext } from './context.js';
import type { Publishing } from './publishing.js';
import type { Topology } from './topology.js';
import { type ChannelRequest, type ClearPolicy, METHOD_BYTES, type SetPolicy } from './protocol.js';
import { inequivalent, typeName } from './queue-arguments.js';
import { ChannelFailure } from './reply-codes.js';
import { checkShortStrings } from './short-strings.js';

/** Of a frame. */
const MAX_CHANNEL = 65_535;

/** What a connection needs of its node beside what its channels do. */
export interface ConnectionContext extends ChannelContext {
  readonly publishing: Publishing;
  readonly topology: Topology;
  changePolicies(channel: Channel, request: SetPolicy | ClearPolicy): void;
}

/**
 * The channels of one connection.
 *
 * | channel ╲ comes | channelOpen | channelClose | channelCloseOk | another method | it fails softly |
 * | --- | --- | --- | --- | --- | --- |
 * | not open | open | 504 | – | 504 | – |
 * | open | 504 | not open | – | is carried out | closing |
 * | closing | – | not open | not open | – (ignored) | – |
 *
 * 504 ends the connection. Closing: the broker has said that the channel is closed, and what was sent before that was heard does not count.
 */
export class ChannelConnection implements ChannelOwner {
  readonly #session: Session;
  readonly #node: ConnectionContext;
  readonly #channels = new Map<number, Channel>();
  /** The only channel, as nearly all clients have it; null: there is none, or another. */
  #only: Channel | null = null;
  readonly #closing = new Set<number>();
  /** What is not read; null: it reads. */
  #unread: ChannelRequest[] | null = null;
  /** Why it does not read; null: it does. */
  #blockedBy: BlockReason | null = null;
  /** Channels that have used up their credit, and hold it back. */
  #usedUp = 0;
  #isOver = false;

  constructor(session: Session, node: ConnectionContext) {
    this.#session = session;
    this.#node = node;
  }

  receive(request: ChannelRequest): void {
    if (this.#isOver) return;
    // An alarm is for those who publish while it lasts; whoever published before it may go on acknowledging.
    if (this.#unread === null && this.#node.alarm !== null && request.operation === 'publish') this.#block(this.#node.alarm);
    if (this.#unread !== null) this.#unread.push(request);
    else this.#carryOut(request);
  }

  closed(): void {
    this.#usedUp++;
    if (this.#unread === null) this.#block(BlockReason.flow);
  }

  opened(): void {
    this.#usedUp--;
  }

  /** It may be blocked for another reason, or for none. An alarm comes before the flow. */
  look(): void {
    if (this.#unread === null || this.#isOver) return;
    const reason = this.#node.alarm ?? (this.#usedUp > 0 ? BlockReason.flow : null);
    if (reason === null) this.#resume();
    else if (reason !== this.#blockedBy) this.#block(reason);
  }

  /** Of flow control the client is told nothing: it notices that its connection takes no more. */
  #block(reason: BlockReason): void {
    const wasAlarmed = isAlarm(this.#blockedBy);
    this.#unread ??= [];
    this.#blockedBy = reason;
    if (isAlarm(reason) !== wasAlarmed) this.#session.send({ operation: wasAlarmed ? 'unblocked' : 'blocked' }, METHOD_BYTES);
    this.#emitBlocked(1, reason);
  }

  /** Reads what came meanwhile. */
  #resume(): void {
    const unread = this.#unread as ChannelRequest[];
    const reason = this.#blockedBy as BlockReason;
    this.#unread = null;
    this.#blockedBy = null;
    if (isAlarm(reason)) this.#session.send({ operation: 'unblocked' }, METHOD_BYTES);
    this.#emitBlocked(0, reason);
    for (const request of unread) {
      if (request.operation === 'publish' && this.#node.mutations.droppedWhenBlocked) {
        this.#channels.get(request.channel)?.confirms?.next();
        continue;
      }
      this.receive(request);
      this.#node.pump();
    }
  }

  #emitBlocked(isBlocked: 0 | 1, reason: BlockReason): void {
    const { sink, actor } = this.#node;
    sink.emit(EventKind.connectionBlocked, actor, this.#session.client, 0, 0, 0, isBlocked, reason, 0);
  }

  /** Whether what is published on one of its channels is confirmed. */
  get confirms(): boolean {
    for (const { confirms } of this.#channels.values()) if (confirms !== null) return true;
    return false;
  }

  onDurable(position: number): void {
    if (this.#only !== null) this.#only.confirms?.release(position);
    else for (const { confirms } of this.#channels.values()) confirms?.release(position);
  }

  /** Everything that its channels held goes back. */
  end(): void {
    this.#isOver = true;
    for (const channel of this.#channels.values()) channel.end();
    this.#channels.clear();
    this.#only = null;
  }

  closeOverdue(number: number, failure: ChannelFailure): void {
    this.#closeChannel(this.#channels.get(number)!, failure, 'channel-timed-out');
    this.#node.pump();
  }

  #carryOut(request: ChannelRequest): void {
    try {
      checkShortStrings(request);
      this.#dispatch(request);
    } catch (error) {
      const failure = error instanceof RoutingError ? failureOf(error) : error;
      if (!(failure instanceof ChannelFailure)) throw failure;
      const channel = this.#channels.get(request.channel);
      if (failure.closes === 'connection' || channel === undefined) this.#closeConnection(failure);
      else this.#closeChannel(channel, failure);
    }
  }

  #dispatch(request: ChannelRequest): void {
    const { operation, channel: number } = request;
    const channel = this.#only?.number === number ? this.#only : this.#channels.get(number);
    if (channel === undefined || operation === 'channelOpen' || operation === 'channelClose' || operation === 'channelCloseOk') this.#turn(number, request, channel);
    else this.#apply(channel, request);
  }

  /** A channel opens or closes. */
  #turn(number: number, { operation }: ChannelRequest, channel: Channel | undefined): void {
    if (operation === 'channelCloseOk') this.#closing.delete(number);
    else if (this.#closing.has(number)) {
      if (operation === 'channelClose') this.#closing.delete(number);
    } else if (operation === 'channelOpen') this.#open(number, channel);
    else if (channel === undefined) throw new ChannelFailure('CHANNEL_ERROR', 'expected \'channel.open\'');
    else {
      this.#forget(channel);
      channel.end();
      channel.ok('channelClose');
    }
  }

  #open(number: number, channel: Channel | undefined): void {
    const { maxChannels } = this.#node.config;
    if (channel !== undefined) throw new ChannelFailure('CHANNEL_ERROR', 'second \'channel.open\' seen');
    if (this.#channels.size >= maxChannels) throw new ChannelFailure('NOT_ALLOWED', `number of channels opened (${this.#channels.size}) has reached the negotiated channel_max (${maxChannels})`);
    if (!(Number.isInteger(number) && number >= 1 && number <= MAX_CHANNEL)) throw new ChannelFailure('CHANNEL_ERROR', `there is no channel number ${number}`);
    const opened = new Channel(number, this.#session, this.#node, this);
    this.#channels.set(number, opened);
    this.#only = this.#channels.size === 1 ? opened : null;
    opened.ok('channelOpen');
  }

  #forget({ number }: Channel): void {
    this.#channels.delete(number);
    this.#only = this.#channels.size === 1 ? [...this.#channels.values()][0]! : null;
  }

  #apply(channel: Channel, request: ChannelRequest): void {
    const { publishing, topology } = this.#node;
    switch (request.operation) {
      case 'publish': return publishing.publish(channel, request);
      case 'ack': return channel.ack(request);
      case 'nack': return channel.giveBack(request, 'nack');
      case 'reject': return channel.giveBack(request, 'reject');
      case 'get': return channel.get(request, topology.queue(channel.named(request.queue), this.#session), this.#node.now);
      case 'consume':
        channel.refuseKnownTag(request.tag);
        return channel.consume(request, topology.queue(channel.named(request.queue), this.#session));
      case 'cancel': return channel.cancel(request);
      case 'qos': return channel.qos(request);
      case 'recover': return channel.recover(request.requeue);
      case 'flow': return channel.flow(request.active);
      case 'confirmSelect': return channel.confirmSelect();
      case 'txSelect': return channel.txSelect();
      case 'txCommit': return publishing.commit(channel);
      case 'txRollback': return rollback(channel);
      case 'channelOpen':
      case 'channelClose':
      case 'channelCloseOk': return;
      case 'setPolicy':
      case 'clearPolicy': return this.#node.changePolicies(channel, request);
      default: topology.carryOut(channel, request, this.#session);
    }
  }

  #closeChannel(channel: Channel, failure: ChannelFailure, how: Return = 'ended'): void {
    this.#forget(channel);
    this.#closing.add(channel.number);
    channel.end(how);
    this.#session.send({ operation: 'channelClosed', channel: channel.number, code: failure.replyCode, text: failure.message }, METHOD_BYTES);
  }

  #closeConnection(failure: ChannelFailure): void {
    this.#session.send({ operation: 'connectionClosed', code: failure.replyCode, text: failure.message }, METHOD_BYTES);
    this.#session.end();
  }
}

const isAlarm = (reason: BlockReason | null): boolean => reason !== null && reason !== BlockReason.flow;

/** What acknowledged in the transaction is held again. */
function rollback(channel: Channel): void {
  if (channel.transaction === null) throw new ChannelFailure('PRECONDITION_FAILED', 'channel is not transactional');
  channel.rollback();
  channel.ok('txRollback');
}

/** What the router turned down, in the words of the protocol. */
function failureOf({ kind, subject, difference }: RoutingError): ChannelFailure {
  switch (kind) {
    case 'exchange-not-found': return new ChannelFailure('NOT_FOUND', `no exchange '${subject}' in vhost '/'`);
    case 'queue-not-found': return new ChannelFailure('NOT_FOUND', `no queue '${subject}' in vhost '/'`);
    case 'inequivalent': return inequivalentExchange(subject, difference!);
    case 'reserved':
      return new ChannelFailure('ACCESS_REFUSED', subject === '' ? 'operation not permitted on the default exchange' : `exchange name '${subject}' contains reserved prefix 'amq.*'`);
    case 'in-use': return new ChannelFailure('PRECONDITION_FAILED', `exchange '${subject}' in vhost '/' in use`);
    case 'internal': return new ChannelFailure('ACCESS_REFUSED', `cannot publish to internal exchange '${subject}' in vhost '/'`);
    case 'bad-argument': return new ChannelFailure('PRECONDITION_FAILED', badMatch(difference!.asked));
  }
}

/** (RabbitMQ: rabbit_exchange_type_headers:validate_binding.) */
function badMatch(value: unknown): string {
  if (typeof value === 'string') return `Invalid x-match field value <<"${value}">>; expected all, any, all-with-x, or any-with-x`;
  return `Invalid x-match field type ${typeName(value)} (value ${String(value)}); expected longstr`;
}

const EXCHANGE_ARGUMENTS: Readonly<Record<string, string>> = { autoDelete: 'auto_delete', alternateExchange: 'alternate-exchange' };

function inequivalentExchange(name: string, { setting, known, asked }: NonNullable<RoutingError['difference']>): ChannelFailure {
  return inequivalent(EXCHANGE_ARGUMENTS[setting] ?? setting, `exchange '${name}'`, asked ?? undefined, known ?? undefined);
}
