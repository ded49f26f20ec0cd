import { type Closed, EventKind, OutcomeReason } from '../../history/index.js';
import type { EventSink, NameId } from '../../history/index.js';
import type { ChannelReply, Deliver } from '../broker/index.js';
import type { Host } from '../host.js';
import { TagWindow } from '../tag-window.js';
import { bodyChecksum } from './body-checksum.js';
import { ChannelLink, type ChannelUser } from './channel-link.js';
import { GetLoop } from './get-loop.js';
import { PushedWork } from './pushed-work.js';
import { SettlementTransaction } from './settlement-transaction.js';
import type { SubscriberOptions } from './subscriber-options.js';
import type { Work, WorkOwner } from './work.js';

const MICROS_PER_MILLI = 1_000;
const TAG = 'consumer';

/**
 * A consumer that its broker pushes to. What it did not acknowledge when its channel is lost comes again, to it or to another; handlings that go on then end without
 * acknowledgement, because a delivery tag dies with its channel.
 *
 * | it is | gets | what it has not begun | what it works on | and when it has nothing left |
 * | --- | --- | --- | --- | --- |
 * | subscribed | more | waits | goes on, and is answered | – |
 * | cancelled by its broker | nothing | goes back, where it was not acknowledged by being sent | goes on, and is answered | takes another channel, and subscribes there |
 * | stopping | nothing | goes back, where it was not acknowledged by being sent | goes on, and is answered | ends its connection |
 *
 * That one that is cancelled waits for all of its work is what rabbitmq-client for Node.js does: a handling that hangs keeps it from subscribing again, however much else it could do at the
 * same time. Spring AMQP has a consumer with a channel of its own for each thread, and then only that one waits: here several consumers that work on one message at a time.
 */
export class Subscriber implements ChannelUser, WorkOwner {
  readonly #options: SubscriberOptions;
  readonly #host: Host;
  readonly #sink: EventSink;
  readonly #actor: NameId;
  readonly #dest: NameId;
  readonly #link: ChannelLink;
  readonly #buffer: PushedWork[] = [];
  /** What the channel holds, by tag, in their order. */
  readonly #open = new TagWindow<PushedWork>();
  /** `batched`: how much of that is handled and not acknowledged. */
  #handled = 0;
  /** Which of its channels, one after the other, this is. */
  #life = 0;
  /** The broker has ended the consumer on this channel. */
  #isCancelled = false;
  #inWork = 0;
  /** Null: it is pushed to. */
  readonly #gets: GetLoop | null;
  /** Null: what it says of deliveries counts at once. */
  readonly #transaction: SettlementTransaction | null;
  #isStopping = false;

  constructor(options: SubscriberOptions) {
    const { host, sink, name, address, retry, queue, acknowledge, getEveryMicros = null, recoveryMicros = null, heartbeatMicros = null } = options;
    this.#options = options;
    this.#host = host;
    this.#sink = sink;
    this.#actor = sink.name(name);
    this.#dest = sink.name(queue);
    this.#transaction = acknowledge === 'transactional' ? new SettlementTransaction() : null;
    this.#gets = getEveryMicros === null ? null : new GetLoop({
      host, everyMicros: getEveryMicros, wants: () => this.#link.isUp && !this.#isStopping && this.#inWork + this.#buffer.length < options.concurrency,
      ask: () => this.#link.send({ operation: 'get', channel: 1, queue, noAck: acknowledge === 'automatic' }),
    });
    this.#link = new ChannelLink({ host, sink, name, address, retry, recoveryMicros, heartbeatMicros }, this);
  }

  /** Deliveries that it has not done with. */
  get outstanding(): number {
    return this.#inWork + this.#buffer.length + this.#handled + (this.#transaction?.size ?? 0);
  }

  /** Takes no more, gives back what it has not begun, finishes the rest, and ends its connection. */
  stop(): void {
    this.#isStopping = true;
    this.#gets?.stop();
    this.#takeNoMore();
  }

  /** Where to be sent is to be acknowledged nothing can be given back. */
  #takeNoMore(): void {
    if (this.#link.isUp && this.#gets === null) this.#link.send({ operation: 'cancel', channel: 1, tag: TAG });
    if (this.#options.acknowledge !== 'automatic') for (const work of this.#buffer.splice(0)) this.#giveBack(work, true, 'nack');
    this.#commitIfIdle();
    this.#leaveIfIdle();
  }

  onUp(): void {
    const { prefetch, channelPrefetch = 0, declares = [] } = this.#options;
    for (const declaration of declares) this.#link.send({ ...declaration, channel: 1 });
    if (this.#transaction !== null) this.#link.send({ operation: 'txSelect', channel: 1 });
    if (prefetch > 0) this.#link.send({ operation: 'qos', channel: 1, prefetch });
    if (channelPrefetch > 0) this.#link.send({ operation: 'qos', channel: 1, prefetch: channelPrefetch, global: true });
    this.#subscribe();
  }

  #subscribe(): void {
    if (this.#isStopping) return;
    const { queue, priority, exclusive, acknowledge, timeoutMicros } = this.#options;
    const timeout = timeoutMicros === undefined ? {} : { timeoutMillis: timeoutMicros / MICROS_PER_MILLI };
    if (this.#gets !== null) this.#gets.look();
    else this.#link.send({ operation: 'consume', channel: 1, queue, tag: TAG, noAck: acknowledge === 'automatic', priority, exclusive, ...timeout });
  }

  onDown(reason: OutcomeReason): void {
    this.#forget(reason);
    this.#gets?.stop();
    for (const { work, invoke } of this.#transaction?.lose() ?? []) this.#emit(invoke === EventKind.ackInvoke ? EventKind.ackInfo : EventKind.nackInfo, work, reason);
    this.#leaveIfIdle();
  }

  /** The channel is no more: what it has not begun is the broker's again, and of the rest nothing can be said any more. */
  #forget(reason: OutcomeReason): void {
    this.#life += 1;
    this.#isCancelled = false;
    for (const work of this.#open.values()) work.lostFor = reason;
    this.#buffer.length = 0;
    this.#handled = 0;
    this.#open.clear();
  }

  onRefused(code: string, closed: Closed): void {
    this.#sink.emit(EventKind.refused, this.#actor, 0, this.#dest, 0, 0, this.#sink.name(code), closed, 0);
  }

  onReply(reply: ChannelReply): void {
    if (reply.operation === 'deliver') this.#take(reply);
    else if (reply.operation === 'getEmpty') this.#gets?.empty();
    else if (reply.operation === 'methodOk' && reply.method === 'txCommit') this.#committed();
    else if (reply.operation === 'cancelled' && this.#takesMore) this.#cancelled();
  }

  get #takesMore(): boolean {
    return !this.#isStopping && !this.#isCancelled;
  }

  /**
   * The broker has ended the consumer: its queue is deleted, or it was too slow, and some of what it held is others' now. Which the broker does not say, but it takes
   * no harm from an answer for that. Its own word makes the end sure. (RabbitMQ: a consumer that answers goes on under its tag, unless the client has confirmed the cancellation.)
   */
  #cancelled(): void {
    this.#isCancelled = true;
    this.#takeNoMore();
  }

  #committed(): void {
    for (const { work, invoke } of this.#transaction!.committed()) this.#emit(invoke === EventKind.ackInvoke ? EventKind.ackOk : EventKind.nackOk, work, 0);
    this.#leaveIfIdle();
  }

  onSuccess(work: Work): void {
    this.#inWork -= 1;
    if (this.#acknowledgesLate) this.#acknowledge(work as PushedWork);
    this.#next();
  }

  onFailure(work: Work): void {
    this.#inWork -= 1;
    if (this.#inWork + this.#buffer.length === 0) this.#flush();
    const { onFailure } = this.#options;
    if (this.#acknowledgesLate && onFailure !== 'leave') this.#giveBack(work as PushedWork, onFailure !== 'reject', onFailure === 'nack' ? 'nack' : 'reject');
    this.#next();
  }

  get #acknowledgesLate(): boolean {
    return this.#options.acknowledge !== 'automatic' && !this.#options.acknowledgesFirst;
  }

  #take(delivery: Deliver): void {
    const { body, trace, messageId, handle, deliveryCount, deliveryTag, redelivered } = delivery;
    if (redelivered) this.#sink.emit(EventKind.flaggedRedelivered, this.#actor, 0, this.#dest, trace, messageId, handle, 0, 0);
    this.#sink.emit(EventKind.deliver, this.#actor, 0, this.#dest, trace, messageId, handle, deliveryCount, bodyChecksum(this.#sink, body));
    const work = new PushedWork(this, this.#options.queue, delivery, trace, this.#host.clock.monotonicMicros(), 0);
    work.tag = deliveryTag;
    work.life = this.#life;
    if (this.#options.acknowledge !== 'automatic') this.#open.add(deliveryTag, work);
    if (this.#takesMore || this.#options.acknowledge === 'automatic') this.#buffer.push(work);
    else this.#giveBack(work, true, 'nack');
    this.#gets?.got();
    this.#next();
  }

  #next(): void {
    const { concurrency, acknowledgesFirst, acknowledge, handler } = this.#options;
    while (this.#buffer.length > 0 && this.#inWork < concurrency) {
      const work = this.#buffer.shift()!;
      this.#inWork += 1;
      work.state = 'working';
      if (acknowledgesFirst && acknowledge !== 'automatic') this.#say(work, { operation: 'ack', channel: 1, deliveryTag: work.tag }, EventKind.ackInvoke);
      handler.handle(work);
    }
    this.#gets?.look();
    this.#commitIfIdle();
    this.#leaveIfIdle();
  }

  #acknowledge(work: PushedWork): void {
    if (this.#options.acknowledge !== 'batched' || work.life !== this.#life) {
      this.#say(work, { operation: 'ack', channel: 1, deliveryTag: work.tag }, EventKind.ackInvoke);
      return;
    }
    work.isHandled = true;
    this.#handled += 1;
    if (this.#handled >= this.#options.batchSize || this.#inWork + this.#buffer.length === 0) this.#flush();
  }

  /** Acknowledges everything that was handled: what stands in an unbroken line at once, the rest one by one. */
  #flush(): void {
    let last = 0;
    for (let work = this.#open.oldest; work?.isHandled === true; work = this.#open.oldest) {
      last = work.tag;
      this.#report(work, EventKind.ackInvoke);
      this.#open.delete(last);
      this.#handled -= 1;
    }
    if (last > 0) this.#link.send({ operation: 'ack', channel: 1, deliveryTag: last, multiple: true });
    if (this.#handled > 0) this.#flushBehind();
    this.#leaveIfIdle();
  }

  #flushBehind(): void {
    for (const work of this.#open.values()) {
      if (!work.isHandled) continue;
      this.#handled -= 1;
      this.#say(work, { operation: 'ack', channel: 1, deliveryTag: work.tag }, EventKind.ackInvoke);
    }
  }

  #giveBack(work: PushedWork, requeue: boolean, how: 'nack' | 'reject'): void {
    this.#say(work, { operation: how, channel: 1, deliveryTag: work.tag, requeue }, EventKind.nackInvoke);
  }

  /** Says what becomes of a delivery, if its channel is still there to hear it. The protocol has no answer to that. */
  #say(work: PushedWork, request: Parameters<ChannelLink['send']>[0], invoke: typeof EventKind.ackInvoke | typeof EventKind.nackInvoke): void {
    if (this.#link.isUp && work.life === this.#life) {
      this.#open.delete(work.tag);
      this.#link.send(request);
      if (this.#transaction === null) {
        this.#report(work, invoke);
        return this.#sayAgain(work, request, invoke);
      }
      this.#emit(invoke, work, 0);
      this.#transaction.add({ work, invoke });
      if (this.#transaction.openSize >= this.#options.batchSize) this.#commit();
      return;
    }
    const fail = invoke === EventKind.ackInvoke ? EventKind.ackFail : EventKind.nackFail;
    this.#emit(invoke, work, 0);
    this.#emit(fail, work, work.lostFor);
  }

  /** As code does that acknowledges what its library acknowledges, too. */
  #sayAgain(work: PushedWork, request: Parameters<ChannelLink['send']>[0], invoke: typeof EventKind.ackInvoke | typeof EventKind.nackInvoke): void {
    const { acknowledgesTwice = 0 } = this.#options;
    if (acknowledgesTwice === 0 || invoke !== EventKind.ackInvoke || this.#host.random.nextFloat() >= acknowledgesTwice) return;
    this.#link.send(request);
    this.#report(work, invoke);
  }

  #commit(): void {
    if (this.#transaction?.commit() === true) this.#link.send({ operation: 'txCommit', channel: 1 });
  }

  #commitIfIdle(): void {
    if (this.#inWork + this.#buffer.length === 0) this.#commit();
  }

  #report(work: Work, invoke: typeof EventKind.ackInvoke | typeof EventKind.nackInvoke): void {
    this.#emit(invoke, work, 0);
    this.#emit(invoke === EventKind.ackInvoke ? EventKind.ackInfo : EventKind.nackInfo, work, OutcomeReason.unconfirmed);
  }

  #emit(kind: EventKind, { trace, messageId, handle }: Work, b: number): void {
    this.#sink.emit(kind, this.#actor, 0, this.#dest, trace, messageId, handle, b, 0);
  }

  /** What it let lie without an answer (`onFailure: 'leave'`) goes back with its channel. */
  #leaveIfIdle(): void {
    if (this.#takesMore || this.outstanding > 0) return;
    if (this.#isStopping) return this.#link.close();
    this.#forget(OutcomeReason.consumerCancelled);
    this.#link.changeChannel();
  }
}
