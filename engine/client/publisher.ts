import { EventKind, OutcomeReason } from '../../history/index.js';
import type { EventSink, NameId } from '../../history/index.js';
import type { ChannelReply, Confirmed, PublishProperties } from '../broker/index.js';
import type { Host, TimerHandle } from '../host.js';
import { crc32c } from '../log/index.js';
import { backoffMicros } from './backoff.js';
import { ChannelLink, type ChannelUser } from './channel-link.js';
import { DueQueue } from './due-queue.js';
import { MessageBuffer } from './message-buffer.js';
import type { ClientOptions, OutgoingMessage, Outcome, SendListener } from './options.js';

const CONTENT_BYTES = 96;
const DEFAULT_MAX_BUFFERED = 1_000_000;

/** Where a message is published to, and how. */
export interface PublishRoute {
  readonly exchange: string;
  readonly routingKey: string;
  /** Shared by all messages that are alike. */
  readonly properties: PublishProperties;
}

export interface PublisherOptions extends ClientOptions {
  /** Publishes are confirmed. Without it nobody ever knows what became of one. */
  readonly confirm: boolean;
  /** What cannot be routed comes back. */
  readonly mandatory: boolean;
  /** Publishes that wait for their confirm at most. */
  readonly maxInFlight: number;
  readonly maxBuffered?: number;
  /** Where and how a message is published; the same object for messages that are alike. */
  readonly routeOf: (message: OutgoingMessage) => PublishRoute;
  readonly listener?: SendListener;
}

/** A publish that is not confirmed. */
interface Pending {
  readonly message: OutgoingMessage;
  attempt: number;
  /** An earlier attempt may have been stored. */
  mayBeStored: boolean;
  /** Number of the publish on its channel. */
  tag: number;
  deadlineMicros: number;
}

/**
 * Publishes messages and finds out what became of them. `ok`: confirmed. `fail`: refused (nack) by every attempt. `info`: nobody knows, because a confirm
 * never came, or none was asked for. What a lost channel left unconfirmed is published again, as often as the retry policy says, and may then be there twice.
 */
export class Publisher implements ChannelUser {
  readonly #options: PublisherOptions;
  readonly #host: Host;
  readonly #sink: EventSink;
  readonly #actor: NameId;
  readonly #link: ChannelLink;
  readonly #buffer = new MessageBuffer();
  readonly #retries: DueQueue;
  readonly #timeout: TimerHandle;
  /** By number on the channel, in their order. */
  readonly #pending = new Map<number, Pending>();
  /** To be published (again) when the channel is there. */
  #again: Pending[] = [];
  #waitingRetries = 0;
  #lastTag = 0;
  #isBlocked = false;

  constructor(options: PublisherOptions) {
    const { host, sink, name, address, retry } = options;
    this.#options = options;
    this.#host = host;
    this.#sink = sink;
    this.#actor = sink.name(name);
    this.#retries = new DueQueue(host);
    this.#timeout = host.timers.create(() => this.#expire());
    this.#link = new ChannelLink({ host, name, address, retry }, this);
  }

  /** Messages whose outcome is not known yet. */
  get outstanding(): number {
    return this.#buffer.size + this.#pending.size + this.#again.length + this.#waitingRetries;
  }

  send(message: OutgoingMessage): void {
    if (this.#buffer.size >= (this.#options.maxBuffered ?? DEFAULT_MAX_BUFFERED)) {
      this.#invoke(message);
      this.#end(message, 'fail', OutcomeReason.overloaded, 0);
      return;
    }
    this.#buffer.push(message);
    this.#pump();
  }

  close(): void {
    this.#link.close();
    this.#retries.clear();
    this.#timeout.disarm();
  }

  onUp(): void {
    this.#lastTag = 0;
    this.#isBlocked = false;
    if (this.#options.confirm) this.#link.send({ operation: 'confirmSelect', channel: 1 });
    this.#pump();
  }

  onDown(): void {
    this.#timeout.disarm();
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of lost) this.#lost(pending, OutcomeReason.connectionLost);
  }

  onReply(reply: ChannelReply): void {
    if (reply.operation === 'confirmed') this.#confirmed(reply);
    else if (reply.operation === 'returned') {
      const { exchange, routingKey, code, trace } = reply;
      this.#sink.emit(EventKind.returned, this.#actor, 0, this.#sink.name(exchange === '' ? routingKey : exchange), trace, 0, code, 0, 0);
    } else if (reply.operation === 'blocked') this.#isBlocked = true;
    else if (reply.operation === 'unblocked') this.#isBlocked = false;
    this.#pump();
  }

  #confirmed({ deliveryTag, multiple, isAck }: Confirmed): void {
    if (!multiple) this.#settle(deliveryTag, isAck);
    else {
      for (const tag of this.#pending.keys()) {
        if (tag > deliveryTag) break;
        this.#settle(tag, isAck);
      }
    }
    this.#armTimeout();
  }

  #settle(tag: number, isAck: boolean): void {
    const pending = this.#pending.get(tag);
    if (pending === undefined) return;
    this.#pending.delete(tag);
    if (isAck) {
      this.#emit(EventKind.sendOk, pending.message, 0, pending.attempt, 0, 0);
      this.#options.listener?.onSendOutcome(pending.message, 'ok');
    } else this.#refused(pending);
  }

  /** A nack: certainly not in the queue that refused it. */
  #refused(pending: Pending): void {
    if (pending.attempt < this.#options.retry.attempts) this.#publishLater(pending);
    else this.#end(pending.message, pending.mayBeStored ? 'info' : 'fail', OutcomeReason.rejected, pending.attempt);
  }

  #lost(pending: Pending, reason: OutcomeReason): void {
    pending.mayBeStored = true;
    if (pending.attempt < this.#options.retry.attempts) this.#publishLater(pending);
    else this.#end(pending.message, 'info', reason, pending.attempt);
  }

  #publishLater(pending: Pending): void {
    this.#waitingRetries += 1;
    this.#retries.add(backoffMicros(this.#options.retry, pending.attempt, this.#host.random), {
      run: () => {
        this.#waitingRetries -= 1;
        pending.attempt += 1;
        this.#again.push(pending);
        this.#pump();
      },
    });
  }

  #pump(): void {
    const { maxInFlight } = this.#options;
    while (this.#link.isUp && !this.#isBlocked && this.#pending.size < maxInFlight) {
      const again = this.#again.shift();
      if (again !== undefined) {
        this.#emit(EventKind.sendAttempt, again.message, 0, again.attempt, 0, 0);
        this.#publish(again);
      } else if (this.#buffer.size > 0) {
        const message = this.#buffer.shiftBatch(1)[0]!;
        this.#invoke(message);
        this.#publish({ message, attempt: 1, mayBeStored: false, tag: 0, deadlineMicros: 0 });
      } else return;
    }
  }

  #publish(pending: Pending): void {
    const { message } = pending;
    const { confirm, mandatory, retry } = this.#options;
    const { exchange, routingKey, properties } = this.#options.routeOf(message);
    this.#link.send(
      { operation: 'publish', channel: 1, exchange, routingKey, mandatory, properties, body: message.body, trace: message.trace },
      CONTENT_BYTES + message.body.length,
    );
    if (!confirm) return this.#end(message, 'info', OutcomeReason.unconfirmed, pending.attempt);
    this.#lastTag += 1;
    pending.tag = this.#lastTag;
    pending.deadlineMicros = this.#host.clock.monotonicMicros() + retry.timeoutMicros;
    this.#pending.set(pending.tag, pending);
    if (!this.#timeout.armed) this.#timeout.arm(retry.timeoutMicros);
  }

  /** Confirms that did not come in time. */
  #expire(): void {
    const now = this.#host.clock.monotonicMicros();
    for (const pending of this.#pending.values()) {
      if (pending.deadlineMicros > now) break;
      // A broker that reads nothing of this connection is not late.
      if (this.#isBlocked) pending.deadlineMicros = now + this.#options.retry.timeoutMicros;
      else {
        this.#pending.delete(pending.tag);
        this.#lost(pending, OutcomeReason.timeout);
      }
    }
    this.#armTimeout();
    this.#pump();
  }

  #armTimeout(): void {
    for (const { deadlineMicros } of this.#pending.values()) {
      if (!this.#timeout.armed) this.#timeout.arm(Math.max(1, deadlineMicros - this.#host.clock.monotonicMicros()));
      return;
    }
  }

  #end(message: OutgoingMessage, outcome: Outcome, reason: OutcomeReason, attempt: number): void {
    this.#emit(outcome === 'info' ? EventKind.sendInfo : EventKind.sendFail, message, 0, reason, attempt, 0);
    this.#options.listener?.onSendOutcome(message, outcome);
  }

  #invoke(message: OutgoingMessage): void {
    const { body, intendedMicros } = message;
    this.#emit(EventKind.sendInvoke, message, 0, intendedMicros, crc32c(body, 0, body.length), body.length);
  }

  #emit(kind: EventKind, message: OutgoingMessage, copy: number, a: number, b: number, c: number): void {
    this.#sink.emit(kind, this.#actor, 0, this.#sink.name(message.queue), message.trace, copy, a, b, c);
  }
}
