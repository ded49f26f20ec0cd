import type { Envelope, Return } from '../../queue/index.js';
import type { Session } from '../session.js';
import { Confirms } from './confirms.js';
import { admit, checkedPrefetch, prefetchUnder } from './consumer-admission.js';
import { ChannelCredit } from './channel-credit.js';
import { ConsumerTimeouts, consumerTimeoutOf, type WatchedChannel } from './consumer-timeout.js';
import { deliveryOf } from './delivery.js';
import type { ChannelContext } from './context.js';
import type { ChannelOwner } from './channel-owner.js';
import type { PublishingChannel } from './credit-flow.js';
import {
  type Ack, type Cancel, type ChannelReply, type ChannelRequest, type Consume, CONTENT_BYTES, type Get, METHOD_BYTES, type MethodOk, type Nack, type PublishProperties, type Qos,
} from './protocol.js';
import { Consumer, type ConsumerChannel, type PushedQueue } from './pushed-queue.js';
import { ChannelFailure } from './reply-codes.js';
import { Settlements } from './settlements.js';
import { SharedPrefetch } from './shared-prefetch.js';
import { Transaction } from './transaction.js';
import { type Unacknowledged, UnacknowledgedSet, whatIsThere } from './unacknowledged.js';

/**
 * One channel: consumers and what they hold, and the mode in which it publishes.
 *
 * | mode ╲ asked for | confirm | tx | commit, rollback |
 * | --- | --- | --- | --- |
 * | plain | confirm | tx | 406 |
 * | confirm | confirm | 406 | 406 |
 * | tx | 406 | tx | tx |
 */
export class Channel implements ConsumerChannel, PublishingChannel, WatchedChannel {
  readonly number: number;
  readonly session: Session;
  readonly node: ChannelContext;
  readonly unacknowledged = new UnacknowledgedSet();
  readonly consumers = new Map<string, Consumer>();
  /** Null: publishes are not confirmed. */
  confirms: Confirms | null = null;
  /** Null: publishes and acknowledgements count at once. */
  transaction: Transaction | null = null;
  /** The queue that was declared on it last: what the empty name means. */
  lastDeclared: string | null = null;
  /** What was published on it last, and as what. */
  latest: { readonly properties: PublishProperties; readonly envelope: Envelope } | null = null;
  #lastTag = 0;
  #lastConsumer = 0;
  /** Settled by the open transaction. */
  readonly #inTransaction: Unacknowledged[] = [];
  /** Of consumers to come; 0: any number. */
  #prefetch = 0;
  readonly #shared = new SharedPrefetch();
  readonly #timeouts: ConsumerTimeouts;
  /** Its connection. */
  readonly holder: ChannelOwner;
  readonly credit: ChannelCredit;
  readonly #settlements: Settlements;

  constructor(number: number, session: Session, node: ChannelContext, holder: ChannelOwner) {
    this.number = number;
    this.holder = holder;
    this.credit = new ChannelCredit(node.config.flow.channel, holder);
    this.#settlements = new Settlements(this, node, (deliveries) => this.#letGo(deliveries));
    this.session = session;
    this.node = node;
    this.#timeouts = new ConsumerTimeouts(this, node);
  }

  /** Whether its shared prefetch allows another delivery. */
  get hasRoom(): boolean {
    return this.#shared.hasRoom || this.node.mutations.channelPrefetchIgnored;
  }

  send(message: ChannelReply, sizeBytes = METHOD_BYTES): void {
    this.session.send(message, sizeBytes);
  }

  ok(method: ChannelRequest['operation'], rest: Partial<MethodOk> = {}): void {
    this.send({ operation: 'methodOk', channel: this.number, method, ...rest });
  }

  confirmSelect(): void {
    if (this.transaction !== null) throw new ChannelFailure('PRECONDITION_FAILED', 'cannot switch from tx to confirm mode');
    this.confirms ??= new Confirms((deliveryTag, multiple, isAck) =>
      this.send({ operation: 'confirmed', channel: this.number, deliveryTag, multiple, isAck }), this.node.mutations);
    this.node.confirmsBegan();
    this.ok('confirmSelect');
  }

  txSelect(): void {
    if (this.confirms !== null) throw new ChannelFailure('PRECONDITION_FAILED', 'cannot switch from confirm to tx mode');
    this.transaction ??= new Transaction();
    this.ok('txSelect');
  }

  qos(request: Qos): void {
    const prefetch = checkedPrefetch(request);
    const global = request.global === true && this.node.config.permitsDeprecated;
    // A prefetch of one kind ends the other's. (RabbitMQ: basic.qos without `global` lifts the limit of the channel.)
    if (!global) this.#prefetch = prefetch;
    if (global && prefetch > 0) this.#shared.set(prefetch, this.unacknowledged.size);
    else this.#shared.lift();
    this.ok('qos');
    this.#wakeQueues();
  }

  /** The queue that a name means. @throws {ChannelFailure} 404 for the empty one when none was declared here */
  named(queue: string): string {
    if (queue !== '') return queue;
    if (this.lastDeclared === null) throw new ChannelFailure('NOT_FOUND', 'no previously declared queue');
    return this.lastDeclared;
  }

  /** Looked at before the queue is. */
  refuseKnownTag(tag: string): void {
    if (this.consumers.has(tag)) throw new ChannelFailure('NOT_ALLOWED', `attempt to reuse consumer tag '${tag}'`);
  }

  consume(request: Consume, queue: PushedQueue): void {
    const { tag, noAck = false, priority = 0 } = request;
    const name = tag === '' ? `ctag-${this.number}.${++this.#lastConsumer}` : tag;
    const consumer = new Consumer({
      channel: this, queue, tag: name, noAck, ...admit(request, queue, { isShared: this.#shared.isSet, node: this.node }), priority, prefetch: prefetchUnder(queue.push.policy, this.#prefetch),
      client: this.session.client, timeoutMicros: consumerTimeoutOf(queue, this.node, request),
    });
    this.consumers.set(name, consumer);
    this.node.consumerBegan(queue, consumer);
    queue.hadConsumers = true;
    this.ok('consume', { tag: name });
    this.node.wake(queue);
  }

  /** What the consumer holds stays with the channel. */
  cancel({ tag }: Cancel): void {
    if (this.consumers.has(tag)) this.#endConsumer(this.consumers.get(tag)!);
    this.ok('cancel', { tag });
  }

  get({ noAck = false }: Get, queue: PushedQueue, now: number): void {
    if (queue.push.settings.isSingleActive && !queue.push.policy.getsBesideSingleActive) {
      throw new ChannelFailure('RESOURCE_LOCKED', `cannot obtain access to locked queue '${queue.name}' in vhost '/'. `
        + 'basic.get operations are not supported by quorum queues with single active consumer');
    }
    queue.usedAt = now;
    const slot = queue.push.take(this.session.client, now);
    if (slot < 0) this.send({ operation: 'getEmpty', channel: this.number });
    else this.#deliver(slot, queue, null, noAck, now);
    queue.push.trim();
  }

  /** To a consumer of this channel. */
  deliver(slot: number, queue: PushedQueue, consumer: Consumer): void {
    this.#deliver(slot, queue, consumer, consumer.noAck, this.node.now);
  }

  ack({ deliveryTag, multiple = false }: Ack): void {
    if (this.node.mutations.unknownTagIgnored && !this.unacknowledged.has(deliveryTag)) return;
    const taken = this.unacknowledged.take(deliveryTag, multiple && !this.node.mutations.multipleIgnored);
    return this.transaction === null ? this.#settlements.settle(taken) : this.#act(taken, () => this.#settlements.settle(taken));
  }

  /** Nack, or reject. */
  giveBack({ deliveryTag, multiple = false, requeue }: Pick<Nack, 'deliveryTag' | 'multiple' | 'requeue'>, how: 'nack' | 'reject'): void {
    const taken = this.unacknowledged.take(deliveryTag, multiple || (how === 'nack' && this.node.mutations.nackIsMultiple));
    this.#act(taken, () => (requeue && !this.node.mutations.rejectedByNobody ? this.#settlements.requeue(taken, how) : this.#settlements.reject(taken)));
  }

  /** Forgets what the transaction collected; what it would have settled is held again. */
  rollback(): void {
    this.transaction?.clear();
    this.unacknowledged.addBack(this.#inTransaction.splice(0));
  }

  /** The transaction's settlements are carried out. */
  committed(): void {
    this.#inTransaction.length = 0;
  }

  recover(requeue: boolean): void {
    if (!requeue) throw new ChannelFailure('NOT_IMPLEMENTED', 'requeue=false');
    this.#settlements.requeue(this.unacknowledged.takeAll(), 'nack');
    this.ok('recover');
  }

  /** Deliveries are held back by a prefetch, not by this. (RabbitMQ: channel.flow.) */
  flow(active: boolean): void {
    if (!active) throw new ChannelFailure('NOT_IMPLEMENTED', 'active=false');
    this.ok('flow');
  }

  /** Its consumers end, and what they hold goes back. */
  end(how: Return = 'ended'): void {
    for (const consumer of [...this.consumers.values()]) this.#endConsumer(consumer);
    this.#timeouts.stop();
    this.rollback();
    // What no queue was told was never said.
    this.unacknowledged.addBack(this.credit.takeKept());
    this.#settlements.requeue(this.unacknowledged.takeAll(), how);
    this.confirms = null;
    this.transaction = null;
  }

  /** A queue is gone, and with it this consumer. */
  lose(consumer: Consumer): void {
    this.consumers.delete(consumer.tag);
    this.send({ operation: 'cancelled', channel: this.number, tag: consumer.tag });
  }

  /** The consumer's tag stays taken, and it is given nothing more before it has answered for what was taken back. */
  takeBack(consumer: Consumer | null, overdue: readonly Unacknowledged[]): boolean {
    const isKnown = consumer !== null && this.consumers.get(consumer.tag) === consumer;
    if (isKnown && consumer.takenBack === 0) {
      this.node.consumerEnded(consumer.queue, consumer);
    }
    this.#settlements.requeue(overdue, 'consumer-timed-out');
    for (const delivery of overdue) delivery.isTakenBack = true;
    if (!isKnown) return false;
    consumer.takenBack += overdue.length;
    this.send({ operation: 'cancelled', channel: this.number, tag: consumer.tag });
    this.node.pump();
    return true;
  }

  closeFor(failure: ChannelFailure): void {
    this.holder.closeOverdue(this.number, failure);
  }

  /** Now, or with the commit. */
  #act(taken: readonly Unacknowledged[], act: () => void): void {
    if (this.transaction === null) return act();
    this.#inTransaction.push(...taken);
    this.transaction.settlements.push(act);
  }

  #endConsumer(consumer: Consumer): void {
    this.consumers.delete(consumer.tag);
    if (consumer.takenBack > 0) return;
    const { queue } = consumer;
    this.node.consumerEnded(queue, consumer);
  }

  /** Makes room for others; of what its queue lost meanwhile nothing is left to settle. */
  #letGo(deliveries: readonly Unacknowledged[]): readonly Unacknowledged[] {
    for (const { consumer, queue, isTakenBack } of deliveries) {
      if (isTakenBack) this.#answered(consumer);
      else if (consumer !== null) {
        consumer.unacknowledged--;
        this.#shared.settled();
      }
      this.node.wake(queue);
    }
    if (this.#shared.isSet) this.#wakeQueues();
    return whatIsThere(deliveries, this.node.store);
  }

  #answered(consumer: Consumer | null): void {
    if (consumer === null || this.consumers.get(consumer.tag) !== consumer) return;
    if (--consumer.takenBack === 0) this.node.consumerBegan(consumer.queue, consumer);
  }

  #deliver(slot: number, queue: PushedQueue, consumer: Consumer | null, noAck: boolean, now: number): void {
    const { store, mutations } = this.node;
    const deliveryTag = ++this.#lastTag;
    const message = deliveryOf({ channel: this.number, consumerTag: consumer?.tag ?? null, deliveryTag }, slot, queue, store, mutations);
    // Considered handled when it is on its way: whoever dies now takes it along.
    if (noAck) queue.push.settle(slot);
    else {
      const delivery: Unacknowledged = { tag: deliveryTag, queue, slot, messageId: message.messageId, consumer, deliveredAt: now, dueAt: this.#timeouts.dueAt(queue, consumer, now), isTakenBack: false };
      this.unacknowledged.add(delivery);
      this.#timeouts.delivered(delivery);
      if (consumer !== null) {
        consumer.unacknowledged++;
        this.#shared.delivered();
      }
    }
    if (queue.push.policy.deliversDurably) this.node.sendWhenDurable(this.session, message, CONTENT_BYTES + message.body.length);
    else this.send(message, CONTENT_BYTES + message.body.length);
  }

  #wakeQueues(): void {
    for (const { queue } of this.consumers.values()) this.node.wake(queue);
  }
}
