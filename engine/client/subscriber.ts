import { EventKind, OutcomeReason } from '../../history/index.js';
import type { EventSink, NameId } from '../../history/index.js';
import type { ChannelReply, Deliver } from '../broker/index.js';
import type { Host } from '../host.js';
import { crc32c } from '../log/index.js';
import { ChannelLink, type ChannelUser } from './channel-link.js';
import type { ClientOptions, MessageHandler } from './options.js';
import { Work, type WorkOwner } from './work.js';

export interface SubscriberOptions extends ClientOptions {
  readonly queue: string;
  /** Deliveries without acknowledgement at most; 0: any number. */
  readonly prefetch: number;
  /** Messages handled at the same time. */
  readonly concurrency: number;
  /**
   * `automatic`: a message counts as handled when it is sent. `manual`: each is acknowledged when it was handled. `batched`: several at once, when all
   * before them were handled too.
   */
  readonly acknowledge: 'automatic' | 'manual' | 'batched';
  /** For `batched`: so many at once, or fewer when there is nothing left to do. */
  readonly batchSize: number;
  /** Acknowledges before it handles. */
  readonly acknowledgesFirst: boolean;
  readonly priority: number;
  readonly exclusive: boolean;
  /** What a failed handling does: `nack` gives the message back, `reject-requeue` too, `reject` drops or dead-letters it, `leave` keeps it until the channel ends. */
  readonly onFailure: 'nack' | 'reject-requeue' | 'reject' | 'leave';
  readonly handler: MessageHandler;
}

/** A delivery, and what its channel calls it. */
interface Held {
  readonly tag: number;
  /** Of the channel; a tag of an earlier one names nothing. */
  readonly life: number;
}

/**
 * A consumer that its broker pushes to. What it did not acknowledge when its channel is lost comes again, to it or to another; handlings that go on then end without
 * acknowledgement, because a delivery tag dies with its channel.
 */
export class Subscriber implements ChannelUser, WorkOwner {
  readonly #options: SubscriberOptions;
  readonly #host: Host;
  readonly #sink: EventSink;
  readonly #actor: NameId;
  readonly #dest: NameId;
  readonly #link: ChannelLink;
  readonly #buffer: Work[] = [];
  readonly #held = new Map<Work, Held>();
  /** Tags that the channel holds, in their order. */
  readonly #open = new Set<number>();
  /** `batched`: handled and not acknowledged, by tag. */
  readonly #handled = new Map<number, Work>();
  #life = 0;
  #inWork = 0;
  #isStopping = false;

  constructor(options: SubscriberOptions) {
    const { host, sink, name, address, retry, queue } = options;
    this.#options = options;
    this.#host = host;
    this.#sink = sink;
    this.#actor = sink.name(name);
    this.#dest = sink.name(queue);
    this.#link = new ChannelLink({ host, name, address, retry }, this);
  }

  /** Deliveries that it has not done with. */
  get outstanding(): number {
    return this.#inWork + this.#buffer.length + this.#handled.size;
  }

  /** Takes no more, gives back what it has not begun, finishes the rest, and ends its connection. */
  stop(): void {
    this.#isStopping = true;
    if (this.#link.isUp) this.#link.send({ operation: 'cancel', channel: 1, tag: 'consumer' });
    for (const work of this.#buffer.splice(0)) this.#giveBack(work, true, 'nack');
    this.#closeIfIdle();
  }

  onUp(): void {
    this.#life += 1;
    const { queue, prefetch, priority, exclusive, acknowledge } = this.#options;
    if (prefetch > 0) this.#link.send({ operation: 'qos', channel: 1, prefetch });
    if (!this.#isStopping) this.#link.send({ operation: 'consume', channel: 1, queue, tag: 'consumer', noAck: acknowledge === 'automatic', priority, exclusive });
  }

  /** What it has not begun is the broker's again. */
  onDown(): void {
    for (const work of this.#buffer.splice(0)) this.#held.delete(work);
    this.#handled.clear();
    this.#open.clear();
    this.#closeIfIdle();
  }

  onReply(reply: ChannelReply): void {
    if (reply.operation === 'deliver') this.#take(reply);
  }

  onSuccess(work: Work): void {
    this.#inWork -= 1;
    if (this.#acknowledgesLate) this.#acknowledge(work);
    else this.#held.delete(work);
    this.#next();
  }

  onFailure(work: Work): void {
    this.#inWork -= 1;
    if (this.#inWork + this.#buffer.length === 0) this.#flush();
    const { onFailure } = this.#options;
    if (!this.#acknowledgesLate || onFailure === 'leave') this.#held.delete(work);
    else this.#giveBack(work, onFailure !== 'reject', onFailure === 'nack' ? 'nack' : 'reject');
    this.#next();
  }

  get #acknowledgesLate(): boolean {
    return this.#options.acknowledge !== 'automatic' && !this.#options.acknowledgesFirst;
  }

  #take({ body, trace, messageId, handle, deliveryCount, deliveryTag, redelivered }: Deliver): void {
    if (redelivered) this.#sink.emit(EventKind.flaggedRedelivered, this.#actor, 0, this.#dest, trace, messageId, handle, 0, 0);
    this.#sink.emit(EventKind.deliver, this.#actor, 0, this.#dest, trace, messageId, handle, deliveryCount, crc32c(body, 0, body.length));
    const delivery = { body, trace, messageId, handle, deliveryCount, sentWallMicros: 0, firstReceivedWallMicros: 0, details: null };
    const work = new Work(this, this.#options.queue, delivery, trace, this.#host.clock.monotonicMicros(), 0);
    this.#held.set(work, { tag: deliveryTag, life: this.#life });
    if (this.#options.acknowledge !== 'automatic') this.#open.add(deliveryTag);
    if (this.#isStopping) this.#giveBack(work, true, 'nack');
    else {
      this.#buffer.push(work);
      this.#next();
    }
  }

  #next(): void {
    const { concurrency, acknowledgesFirst, acknowledge, handler } = this.#options;
    while (this.#buffer.length > 0 && this.#inWork < concurrency) {
      const work = this.#buffer.shift()!;
      this.#inWork += 1;
      work.state = 'working';
      if (acknowledgesFirst && acknowledge !== 'automatic') this.#say(work, { operation: 'ack', channel: 1, deliveryTag: this.#held.get(work)!.tag }, EventKind.ackInvoke);
      handler.handle(work);
    }
    this.#closeIfIdle();
  }

  #acknowledge(work: Work): void {
    const held = this.#held.get(work)!;
    if (this.#options.acknowledge !== 'batched' || held.life !== this.#life) {
      this.#say(work, { operation: 'ack', channel: 1, deliveryTag: held.tag }, EventKind.ackInvoke);
      return;
    }
    this.#handled.set(held.tag, work);
    if (this.#handled.size >= this.#options.batchSize || this.#inWork + this.#buffer.length === 0) this.#flush();
  }

  /** Acknowledges everything that was handled: what stands in an unbroken line at once, the rest one by one. */
  #flush(): void {
    let last = 0;
    for (const tag of this.#open) {
      const work = this.#handled.get(tag);
      if (work === undefined) break;
      last = tag;
      this.#report(work, EventKind.ackInvoke);
      this.#held.delete(work);
      this.#handled.delete(tag);
      this.#open.delete(tag);
    }
    if (last > 0) this.#link.send({ operation: 'ack', channel: 1, deliveryTag: last, multiple: true });
    for (const [tag, work] of [...this.#handled]) {
      this.#handled.delete(tag);
      this.#say(work, { operation: 'ack', channel: 1, deliveryTag: tag }, EventKind.ackInvoke);
    }
    this.#closeIfIdle();
  }

  #giveBack(work: Work, requeue: boolean, how: 'nack' | 'reject'): void {
    const { tag } = this.#held.get(work)!;
    this.#say(work, { operation: how, channel: 1, deliveryTag: tag, requeue }, EventKind.nackInvoke);
  }

  /** Says what becomes of a delivery, if its channel is still there to hear it. The protocol has no answer to that. */
  #say(work: Work, request: Parameters<ChannelLink['send']>[0], invoke: typeof EventKind.ackInvoke | typeof EventKind.nackInvoke): void {
    const held = this.#held.get(work)!;
    this.#held.delete(work);
    const isHeard = this.#link.isUp && held.life === this.#life;
    if (isHeard) {
      this.#open.delete(held.tag);
      this.#report(work, invoke);
      this.#link.send(request);
      return;
    }
    const fail = invoke === EventKind.ackInvoke ? EventKind.ackFail : EventKind.nackFail;
    this.#emit(invoke, work, 0);
    this.#emit(fail, work, OutcomeReason.connectionLost);
  }

  #report(work: Work, invoke: typeof EventKind.ackInvoke | typeof EventKind.nackInvoke): void {
    this.#emit(invoke, work, 0);
    this.#emit(invoke === EventKind.ackInvoke ? EventKind.ackInfo : EventKind.nackInfo, work, OutcomeReason.unconfirmed);
  }

  #emit(kind: EventKind, { trace, messageId, handle }: Work, b: number): void {
    this.#sink.emit(kind, this.#actor, 0, this.#dest, trace, messageId, handle, b, 0);
  }

  #closeIfIdle(): void {
    if (!this.#isStopping || this.outstanding > 0) return;
    this.#link.close();
  }
}
