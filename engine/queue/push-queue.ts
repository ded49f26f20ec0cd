import { DropReason, type NameId, NO_DEADLINE_MICROS } from '../../history/index.js';
import { Alarm } from './alarm.js';
import type { QueueContext } from './context.js';
import { DeadLettering } from './dead-lettering.js';
import { retryDelay } from './delayed-retry.js';
import type { Envelope } from './envelope.js';
import { LengthLimit } from './length-limit.js';
import type { LetterRouter, LetterTarget } from './letter-target.js';
import { NONE } from './links.js';
import { MessageExpiry } from './message-expiry.js';
import { returnsAsRead } from './misread.js';
import { nextReady } from './next-ready.js';
import type { PushPolicy, PushSettings } from './push-settings.js';
import { PushTransitions } from './push-transitions.js';
import type { QueueState } from './queue-state.js';
import { EXPIRES, type Return } from './return.js';
import { State } from './states.js';

/** What a queue that pushes needs of its broker. */
export interface PushListener extends LetterRouter {
  /** It has a message that a consumer could have. Called in the middle of an operation. */
  onReady(queue: PushQueue): void;
  /** {@link PushQueue.onDurable} is to be called when the journal is. */
  onAwait(queue: PushQueue): void;
}

/**
 * The part of a running queue that pushes: its messages go to consumers who hold them, without a deadline, until they acknowledge them, give them
 * back, or their channel ends. It decides what expires, what is too much and what becomes a dead letter; {@link PushTransitions} makes it happen.
 */
export class PushQueue implements LetterTarget {
  readonly state: QueueState;
  readonly policy: PushPolicy;
  readonly #transitions: PushTransitions;
  readonly #context: QueueContext;
  readonly #alarm: Alarm;
  readonly #limit: LengthLimit;
  readonly #expiry: MessageExpiry;
  readonly #deadLettering: DeadLettering;
  #listener: PushListener | null = null;
  /** What consumers held when the broker stopped: it came back. */
  readonly #reclaimed: number[] = [];
  /** Mutant `purge-lasts`. */
  #wasPurged = false;
  /** Whether some message may expire. */
  #mayExpire: boolean;

  constructor(state: QueueState, policy: PushPolicy, context: QueueContext) {
    this.state = state;
    this.policy = policy;
    this.#context = context;
    this.#transitions = new PushTransitions(state, context);
    this.#deadLettering = new DeadLettering(state, this.#transitions, context, {
      onRoom: () => this.#listener?.onReady(this), onAwait: () => this.#listener?.onAwait(this),
    });
    this.#alarm = new Alarm(context, (now) => {
      this.#mature(now);
      this.expire();
      this.#setAlarm();
      this.#listener?.onTimerDone();
    });
    this.#mayExpire = this.settings.messageTtlMicros !== null || this.state.timeToLiveInForce !== undefined;
    this.#expiry = new MessageExpiry(state, context);
    this.#limit = new LengthLimit(state, this.#transitions, { policy, mutations: context.mutations, positions: () => this.#deadLettering.journal() });
  }

  get settings(): PushSettings {
    return this.state.push;
  }

  get nameId(): NameId {
    return this.#transitions.nameId;
  }

  get readyBytes(): number {
    return this.#transitions.readyBytes;
  }

  /** Who serves its consumers, from now on. */
  listen(listener: PushListener): void {
    this.#listener = listener;
    this.#deadLettering.listen(listener);
  }

  /** Exchanges are there: what waits to be dead-lettered can go, and so can what came back from consumers and is too much. */
  begin(): void {
    this.#deadLettering.begin();
    for (const slot of this.#reclaimed.splice(0)) if (this.returnsOf(slot) > this.#allowedReturns) this.#deadLettering.remove(slot, 'delivery_limit');
    this.trim();
    this.#setAlarm();
  }

  /** Whether dead letters of it wait for the journal, and what to do when everything below a position is durable. */
  get waitsForJournal(): boolean {
    return this.#deadLettering.waitsForJournal;
  }

  onDurable(position: number): void {
    this.#deadLettering.onDurable(position);
  }

  /**
   * Recovery: channels are gone, so whatever a consumer held is ready, and what was not to outlive a restart does not. To be called before the queue is
   * told of.
   */
  recover(): void {
    const { store, mutations } = this.#context;
    const slots: number[] = [];
    this.state.forEach((slot) => slots.push(slot));
    const envelopes = slots.map((slot) => store.envelope[slot] as Envelope);
    for (const [index, slot] of slots.entries()) {
      const envelope = envelopes[index]!;
      this.#transitions.restored(slot);
      const { isPersistent } = mutations.persistenceOfTheFirst ? envelopes[0]! : envelope;
      if (!this.keeps(isPersistent) || (mutations.quorumForgetsTransient && !isPersistent)) this.#transitions.drop(slot, DropReason.restart);
      else if (mutations.purgedByRestart && (store.messageId[slot] as number) % 4 === 0) this.#transitions.drop(slot, DropReason.purge);
      else {
        if (store.state[slot] === State.leased) {
          this.#transitions.reclaim(slot);
          this.#reclaimed.push(slot);
        }
        this.#mayExpire ||= envelope.expirationMicros !== null;
      }
    }
    const dead = slots.filter((slot) => store.dead.has(store.messageId[slot] as number));
    this.#deadLettering.restore(dead.sort((one, other) => (store.messageId[one] as number) - (store.messageId[other] as number)));
  }

  /** Whether it keeps such a message over a restart. */
  keeps(isPersistent: boolean): boolean {
    return this.settings.isDurable && (isPersistent || this.policy.survivors === 'all');
  }

  /** Takes a message in. False: the queue is full, and refuses it. Dead letters have no publisher, unless they wait for a confirm. `onTaken` is called before it is stored. */
  publish(body: Uint8Array, trace: number, envelope: Envelope, publisher: object | null = null, onTaken: (() => void) | null = null): boolean {
    if (this.#limit.refuses(body.length, publisher)) {
      if (this.settings.overflow === 'reject-publish-dlx') this.#deadLettering.refused(envelope, body, trace);
      return false;
    }
    onTaken?.();
    const wasEmpty = this.state.readyCount === 0;
    this.#transitions.accept(body, trace, envelope);
    if (envelope.expirationMicros !== null) {
      this.#mayExpire = true;
      this.#expiry.came(envelope);
    }
    if (this.#context.mutations.purgeLasts && this.#wasPurged) this.purge();
    this.#listener?.onReady(this);
    if (wasEmpty) this.#setAlarm();
    return true;
  }

  /** Gives the first message to a consumer; returns its slot, or `NONE` when there is nothing to be had. */
  take(consumer: NameId, now: number): number {
    // What comes and goes within one instant was delivered in time, even with a TTL of 0.
    if (this.#mayExpire) this.#expire(0);
    const slot = nextReady(this.state, this.#context.store, this.#context.mutations);
    if (slot === NONE) return NONE;
    this.#transitions.grant(slot, consumer, now);
    if (this.#mayExpire) this.#setAlarm();
    return slot;
  }

  /** Acknowledged. */
  settle(slot: number): void {
    this.#transitions.settle(slot);
  }

  /** Back to the ready messages, or to the dead letters when it came back too often. */
  giveBack(slot: number, how: Return): void {
    const hasFailed = how !== 'nack' && how !== 'consumer-timed-out';
    const knowsFailures = this.policy.countedReturns === 'failed';
    const cause = EXPIRES[how];
    if (cause !== null) this.#transitions.expire(slot, cause);
    else this.#transitions.release(slot, this.#context.mutations.givenBackFirst || (knowsFailures && how !== 'nack'));
    if (this.#context.mutations.requeuedAtTail) this.#putLast(slot);
    const { mutations } = this.#context;
    if (knowsFailures && !hasFailed && !mutations.nackCounted) this.#transitions.excuse(slot);
    const { deliveryLimit, delayedRetry = null } = this.settings;
    const returns = this.returnsOf(slot);
    if (returns > this.#allowedReturns) return this.#deadLettering.remove(slot, 'delivery_limit');
    // What a queue without a limit gets back goes through its log once more, and knows of no delay. (RabbitMQ: rabbit_fifo, requeue.)
    const delayMicros = deliveryLimit === null && how === 'nack' ? null : retryDelay(this.policy.hasDelayedRetry ? delayedRetry : null, hasFailed, returns);
    if (delayMicros === null) this.#listener?.onReady(this);
    else this.#transitions.setAside(slot, 0, delayMicros);
    this.#setAlarm();
  }

  get #allowedReturns(): number {
    const { deliveryLimit } = this.settings;
    const { mutations } = this.#context;
    if (deliveryLimit === null) return Infinity;
    return returnsAsRead(deliveryLimit, mutations) + (mutations.oneReturnTooMany ? 1 : 0) - (mutations.oneReturnTooFew ? 1 : 0);
  }

  /** Mutant `requeued-at-tail`. */
  #putLast(slot: number): void {
    this.state.order.remove(slot, true);
    this.state.order.arrive(slot);
  }

  /** How often it came back, as far as the delivery limit counts; of a message in a consumer's hands, before this delivery. */
  returnsOf(slot: number): number {
    const { store } = this.#context;
    const returns = (store.count[slot] as number) - (store.state[slot] === State.leased ? 1 : 0);
    return returns - (store.excused.get(store.messageId[slot] as number) ?? 0);
  }

  /** Rejected without a return. */
  reject(slot: number): void {
    this.#transitions.release(slot);
    const { mutations } = this.#context;
    const { order } = this.state;
    const other = mutations.neighbourRejected ? order.following(slot) : NONE;
    this.#deadLettering.remove(other === NONE ? slot : other, 'rejected');
  }

  /** After the consumers had what they could take: drops what is beyond the limits, and what expired. */
  trim(): void {
    this.#limit.look();
    while (this.#limit.isExceeded) this.#removeFirst('maxlen');
    this.expire();
  }

  /** Drops what is ready; returns how many messages that were. */
  purge(): number {
    let purged = 0;
    this.#wasPurged = true;
    for (let slot = this.state.firstReady; slot !== NONE; slot = this.state.firstReady) {
      this.#transitions.drop(slot, DropReason.purge);
      purged++;
    }
    return purged;
  }

  /** Takes out what expired and stands at the head. */
  expire(): void {
    if (!this.#mayExpire) return;
    this.#expire(1);
    this.#setAlarm();
  }

  /** Other settings count, because of a policy. What is here keeps the time to live with which it came. */
  configure(effective: PushSettings | null): void {
    const { overflow } = this.settings;
    this.state.effective = effective;
    this.#expiry.configure();
    this.#mayExpire ||= this.settings.messageTtlMicros !== null;
    this.#limit.configure();
    this.#deadLettering.configure();
    if (overflow === 'drop-head') while (this.#limit.isNewlyExceeded) this.#removeFirst('maxlen');
    this.#setAlarm();
    this.#listener?.onReady(this);
  }

  stop(): void {
    this.#alarm.cancel();
    this.#deadLettering.stop();
  }

  /** What was set aside for a time comes back when that is over. */
  #mature(now: number): void {
    const { delays } = this.state;
    while (delays.firstKey <= now) {
      this.#transitions.mature(delays.first);
      this.#listener?.onReady(this);
    }
  }

  /** Only heads are looked at: what stands behind one that lives longer waits, though its time is over. */
  #expire(leewayMicros: 0 | 1): void {
    const wallNow = this.#context.clock.wallMicros();
    for (let slot = this.#firstToExpire; slot !== NONE && this.#expiry.expiryOf(slot) < wallNow + leewayMicros; slot = this.#firstToExpire) {
      this.#removeFirst('expired', slot);
    }
  }

  /** The head leaves without having been served. */
  #removeFirst(reason: 'maxlen' | 'expired', slot = this.state.firstReady): void {
    this.state.order.pass?.(slot);
    this.#deadLettering.remove(slot, reason);
  }

  get #firstToExpire(): number {
    return this.#expiry.first(this.policy.expiresByLevel);
  }

  #setAlarm(): void {
    const { clock } = this.#context;
    const { delays } = this.state;
    if (delays.firstKey < NO_DEADLINE_MICROS) this.#alarm.setFor(delays.firstKey, clock.monotonicMicros());
    const first = this.#mayExpire ? this.#firstToExpire : NONE;
    if (first === NONE) return;
    const left = this.#expiry.expiryOf(first) - clock.wallMicros();
    const now = clock.monotonicMicros();
    if (left !== Infinity) this.#alarm.setFor(now + Math.max(left, 0), now);
  }
}
