import { type Closed, EventKind, Guard, OutcomeReason } from '../../history/index.js';
import type { EventSink, NameId } from '../../history/index.js';
import type { ChannelReply, Confirmed, Returned } from '../broker/index.js';
import type { Host, TimerHandle } from '../host.js';
import { TagWindow } from '../tag-window.js';
import { bodyChecksum } from './body-checksum.js';
import { ChannelLink, type ChannelUser } from './channel-link.js';
import { countAttempt, countGive, isAnew } from './count-attempt.js';
import { DueQueue } from './due-queue.js';
import { classOfLoss, type FailureClass } from './failure-class.js';
import { GuardedBuffer } from './guarded-buffer.js';
import { LatestName } from './latest-name.js';
import { NO_MUTATIONS } from '../mutants/index.js';
import type { OutgoingMessage, Outcome } from './options.js';
import type { PublisherOptions } from './publisher-options.js';
import { OpenTransaction } from './open-transaction.js';
import { numberOf, type Pending } from './pending-publish.js';
import { RetryGate } from './retry-gate.js';
import { SendBreaker } from './send-breaker.js';

const CONTENT_BYTES = 96;

/**
 * Publishes messages and finds out what became of them. `ok`: confirmed. `fail`: refused (nack) by every attempt, or given back (mandatory). `info`: nobody knows, because a confirm
 * never came, or none was asked for. What a lost channel left unconfirmed is published again, as often as the retry policy says, and may then be there twice.
 */
export class Publisher implements ChannelUser {
  readonly #options: PublisherOptions;
  readonly #host: Host;
  readonly #sink: EventSink;
  readonly #actor: NameId;
  readonly #link: ChannelLink;
  readonly #buffer: GuardedBuffer;
  readonly #retries: DueQueue;
  readonly #timeout: TimerHandle;
  /** By number on the channel, in their order. */
  readonly #pending = new TagWindow<Pending>();
  /** Numbers on this channel whose confirm did not come in time. */
  readonly #givenUp = new Set<number>();
  /** Messages whose publish under way came back; the confirm that follows says that the broker is done with it, and no more. */
  readonly #returned = new Set<number>();
  /** To be published (again) when the channel is there. */
  #again: Pending[] = [];
  #waitingRetries = 0;
  #lastTag = 0;
  #isBlocked = false;
  readonly #dest: NameId;
  readonly #queueName: LatestName;
  readonly #keyName: LatestName;
  readonly #gate: RetryGate;
  readonly #transaction: OpenTransaction | null;
  readonly #breaker: SendBreaker;

  constructor(options: PublisherOptions) {
    const { host, sink, name, address, retry } = options;
    this.#options = options;
    this.#host = host;
    this.#sink = sink;
    this.#actor = sink.name(name);
    this.#queueName = new LatestName(sink);
    this.#keyName = new LatestName(sink);
    this.#buffer = new GuardedBuffer({
      policy: options.buffer,
      onFull: (trace) => sink.emit(EventKind.clientGuard, this.#actor, 0, this.#dest, trace, 0, Guard.bufferFull, 0, 0),
      onGivenUp: (message) => this.#giveUp(message),
    });
    this.#retries = new DueQueue(host);
    this.#timeout = host.timers.create(() => this.#expire());
    this.#dest = sink.name(options.destination);
    const guard = { sink, actor: this.#actor, dest: this.#dest, mutations: options.mutations ?? NO_MUTATIONS };
    this.#gate = new RetryGate({ policy: retry, random: host.random, ...guard });
    this.#breaker = new SendBreaker({ host, policy: options.breaker ?? null, onAdmitting: () => this.#pump(), ...guard });
    this.#transaction = (options.transactionSize ?? null) === null ? null : new OpenTransaction(options.transactionSize!);
    this.#link = new ChannelLink({ host, sink, name, address, retry, recoveryMicros: options.recoveryMicros ?? null, heartbeatMicros: options.heartbeatMicros ?? null }, this);
  }

  /** Messages whose outcome is not known yet. */
  get outstanding(): number {
    return this.#buffer.size + this.#pending.size + this.#again.length + this.#waitingRetries;
  }

  /** Whether one more message fits into the buffer. */
  get hasRoom(): boolean {
    return this.#buffer.hasRoom;
  }

  /** The source has a message for which there is no room, and waits for `onRoom`. */
  waitForRoom(): void {
    this.#buffer.waitForRoom();
  }

  send(message: OutgoingMessage): void {
    if (!this.#buffer.admits(message)) return;
    this.#buffer.push(message);
    this.#pump();
  }

  close(): void {
    this.#link.close();
    this.#retries.clear();
    this.#timeout.disarm();
    this.#breaker.close();
  }

  onUp(): void {
    this.#lastTag = 0;
    this.#givenUp.clear();
    this.#isBlocked = false;
    this.#transaction?.end();
    if (this.#transaction !== null) this.#link.send({ operation: 'txSelect', channel: 1 });
    else if (this.#options.confirm) this.#link.send({ operation: 'confirmSelect', channel: 1 });
    this.#pump();
  }

  onDown(reason: OutcomeReason): void {
    this.#timeout.disarm();
    const lost = this.#pending.values();
    this.#pending.clear();
    for (const pending of lost) this.#lost(pending, reason);
  }

  onRefused(code: string, closed: Closed): void {
    this.#sink.emit(EventKind.refused, this.#actor, 0, this.#dest, 0, 0, this.#sink.name(code), closed, 0);
  }

  onReply(reply: ChannelReply): void {
    if (reply.operation === 'confirmed') this.#confirmed(reply);
    else if (reply.operation === 'methodOk' && reply.method === 'txCommit') this.#committed();
    else if (reply.operation === 'returned') this.#onReturned(reply);
    else if (reply.operation === 'blocked') this.#isBlocked = true;
    else if (reply.operation === 'unblocked') this.#isBlocked = false;
    this.#pump();
  }

  #onReturned({ exchange, routingKey, code, trace }: Returned): void {
    this.#sink.emit(EventKind.returned, this.#actor, 0, this.#sink.name(exchange === '' ? routingKey : exchange), trace, 0, code, 0, 0);
    if (this.#options.confirm || this.#transaction !== null) this.#returned.add(trace);
  }

  #confirmed({ deliveryTag, multiple, isAck }: Confirmed): void {
    if (!multiple) this.#settle(deliveryTag, isAck);
    else {
      for (let oldest = this.#pending.oldest; oldest !== undefined && oldest.tag <= deliveryTag; oldest = this.#pending.oldest) this.#settle(oldest.tag, isAck);
    }
    this.#armTimeout();
  }

  /** All that is outstanding belongs to the transaction. */
  #committed(): void {
    this.#transaction!.end();
    for (const { tag } of this.#pending.values()) this.#settle(tag, true);
  }

  #settle(tag: number, isAck: boolean): void {
    const pending = this.#pending.get(tag);
    if (pending === undefined) return this.#confirmedAgain(tag);
    this.#pending.delete(tag);
    this.#breaker.record(pending.admission, !isAck);
    if (isAck) this.#gate.succeeded(pending.retryCost);
    if (isAck && this.#returned.delete(pending.message.trace)) this.#end(pending.message, pending.mayBeStored ? 'info' : 'fail', OutcomeReason.returned, numberOf(pending));
    else if (isAck) {
      this.#emit(EventKind.sendOk, pending.message, 0, numberOf(pending), 0, 0);
      this.#options.listener?.onSendOutcome(pending.message, 'ok', null);
    } else this.#refused(pending);
  }

  /** Of a publish that was given up a confirm may come late. */
  #confirmedAgain(tag: number): void {
    if (!this.#givenUp.delete(tag)) this.#sink.emit(EventKind.strayConfirm, this.#actor, 0, this.#dest, 0, 0, tag, 0, 0);
  }

  /** A nack: certainly not in the queue that refused it. */
  #refused(pending: Pending): void {
    if (!this.#publishLater(pending, 'nack')) this.#end(pending.message, pending.mayBeStored ? 'info' : 'fail', OutcomeReason.rejected, numberOf(pending));
  }

  #lost(pending: Pending, reason: OutcomeReason): void {
    pending.mayBeStored = true;
    this.#breaker.record(pending.admission, true);
    if (!this.#publishLater(pending, classOfLoss(reason))) this.#end(pending.message, 'info', reason, numberOf(pending));
  }

  /** False: it is not tried again. */
  #publishLater(pending: Pending, failure: FailureClass): boolean {
    const cost = this.#gate.take({ attempt: pending.attempt, failure, traces: [pending.message.trace] });
    if (cost === null) return false;
    pending.retryCost = cost;
    this.#waitingRetries += 1;
    this.#retries.add(this.#gate.backoff(pending.attempt, failure), {
      run: () => {
        this.#waitingRetries -= 1;
        this.#again.push(pending);
        this.#pump();
      },
    });
    return true;
  }

  /** The message found no room in the buffer, or gave way to a newer one. */
  #giveUp(message: OutgoingMessage): void {
    this.#invoke(message);
    this.#end(message, 'fail', OutcomeReason.overloaded, 0);
  }

  #pump(): void {
    while (this.#canPublish()) {
      const again = this.#again.length === 0 ? undefined : this.#again.shift();
      const admission = this.#breaker.admit();
      if (again !== undefined) this.#publishAgain(again, admission);
      else this.#publishFirst(this.#buffer.shift(), admission);
    }
    if (this.#link.isUp && this.#transaction?.begin() === true) this.#link.send({ operation: 'txCommit', channel: 1 });
    this.#buffer.tellRoom();
  }

  #canPublish(): boolean {
    const hasSomething = this.#again.length > 0 || this.#buffer.size > 0;
    return hasSomething && this.#link.isUp && !this.#isBlocked && this.#transaction?.takesMore !== false && !this.#breaker.isHolding && this.#pending.size < this.#options.maxInFlight;
  }

  #publishAgain(pending: Pending, admission: number | null): void {
    if (admission === null) return this.#end(pending.message, pending.mayBeStored ? 'info' : 'fail', OutcomeReason.breakerOpen, numberOf(pending));
    pending.attempt += 1;
    pending.admission = admission;
    countAttempt(pending.message);
    this.#emit(EventKind.sendAttempt, pending.message, 0, numberOf(pending), 0, 0);
    this.#publish(pending);
  }

  #publishFirst(message: OutgoingMessage, admission: number | null): void {
    this.#invoke(message);
    if (admission === null) this.#end(message, 'fail', OutcomeReason.breakerOpen, 0);
    else this.#publish({ message, attempt: 1, mayBeStored: false, tag: 0, deadlineMicros: 0, retryCost: 0, admission });
  }

  #publish(pending: Pending): void {
    const { message } = pending;
    this.#returned.delete(message.trace);
    const { confirm, mandatory, retry } = this.#options;
    const { exchange, routingKey, properties } = this.#options.routeOf(message);
    this.#link.send(
      { operation: 'publish', channel: 1, exchange, routingKey, mandatory, properties, body: message.body, trace: message.trace },
      CONTENT_BYTES + message.body.length,
    );
    this.#transaction?.add();
    if (!confirm && this.#transaction === null) {
      this.#breaker.record(pending.admission, false);
      return this.#end(message, 'info', OutcomeReason.unconfirmed, numberOf(pending));
    }
    this.#lastTag += 1;
    pending.tag = this.#lastTag;
    // A commit is answered, or its connection is lost.
    pending.deadlineMicros = this.#transaction === null ? this.#host.clock.monotonicMicros() + retry.timeoutMicros : Infinity;
    this.#pending.add(pending.tag, pending);
    if (this.#transaction !== null) return;
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
        this.#givenUp.add(pending.tag);
        this.#lost(pending, OutcomeReason.timeout);
      }
    }
    this.#armTimeout();
    this.#pump();
  }

  #armTimeout(): void {
    const { oldest } = this.#pending;
    if (oldest !== undefined && !this.#timeout.armed) this.#timeout.arm(Math.max(1, oldest.deadlineMicros - this.#host.clock.monotonicMicros()));
  }

  #end(message: OutgoingMessage, outcome: Outcome, reason: OutcomeReason, attempt: number): void {
    this.#emit(outcome === 'info' || isAnew(message) ? EventKind.sendInfo : EventKind.sendFail, message, 0, reason, attempt, 0);
    this.#options.listener?.onSendOutcome(message, outcome, reason);
  }

  #invoke(message: OutgoingMessage): void {
    const { body, intendedMicros } = message;
    const number = countGive(message);
    if (number > 1) return this.#emit(EventKind.sendAttempt, message, 0, number, 1, 0);
    // Names get their numbers in the order in which they are asked for: that of the key comes first.
    const key = this.#keyName.of(this.#options.routeOf(message).routingKey);
    this.#sink.emit(EventKind.sendInvoke, this.#actor, key, this.#queueName.of(message.queue), message.trace, 0, intendedMicros, bodyChecksum(this.#sink, body), body.length);
  }

  #emit(kind: EventKind, message: OutgoingMessage, copy: number, a: number, b: number, c: number): void {
    this.#sink.emit(kind, this.#actor, 0, this.#queueName.of(message.queue), message.trace, copy, a, b, c);
  }
}
