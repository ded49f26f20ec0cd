import { DropReason, type NameId } from '../../history/index.js';
import { Alarm } from './alarm.js';
import type { QueueContext } from './context.js';
import { deadLetterEnvelope, type DeathReason, type Envelope, isCycle } from './envelope.js';
import { NONE } from './links.js';
import type { PushPolicy, PushSettings } from './push-settings.js';
import { MOVES, PushTransitions } from './push-transitions.js';
import type { QueueState } from './queue-state.js';
import { type Fill, Refusal } from './refusal.js';
import { State } from './states.js';

/** What a queue that pushes needs of its broker. */
export interface PushListener {
  /** It has a message that a consumer could have. Called in the middle of an operation. */
  onReady(queue: PushQueue): void;
  /** Its timer rang; whatever `onReady` announced can be served now. */
  onTimerDone(): void;
  /** The queues to which an exchange leads; none when there is no such exchange. */
  route(exchange: string, envelope: Envelope): readonly PushQueue[];
}

/** How a message came back. `ended`: its channel did. */
export type Return = 'nack' | 'reject' | 'ended';

const DROPS: Readonly<Record<DeathReason, DropReason>> = {
  rejected: DropReason.rejected, expired: DropReason.expired, maxlen: DropReason.maxLength, delivery_limit: DropReason.deliveryLimit,
};

/**
 * The part of a running queue that pushes: its messages go to consumers who hold them, without a deadline, until they acknowledge them, give them
 * back, or their channel ends. It decides what expires, what is too much and what becomes a dead letter; {@link PushTransitions} makes it happen.
 */
export class PushQueue {
  readonly state: QueueState;
  readonly policy: PushPolicy;
  readonly #transitions: PushTransitions;
  readonly #context: QueueContext;
  readonly #alarm: Alarm;
  /** Null: a message that would be too much is refused at once. */
  readonly #refusal: Refusal | null;
  #listener: PushListener | null = null;
  /** Bytes of the bodies of ready messages. */
  #readyBytes = 0;
  /** Whether some message may expire. */
  #mayExpire: boolean;

  constructor(state: QueueState, policy: PushPolicy, context: QueueContext) {
    this.state = state;
    this.policy = policy;
    this.#context = context;
    this.#transitions = new PushTransitions(state, context);
    this.#alarm = new Alarm(context, () => {
      this.expire();
      this.#listener?.onTimerDone();
    });
    this.#mayExpire = this.settings.messageTtlMicros !== null;
    this.#refusal = this.settings.overflow === 'drop-head' || policy.hasClassicFeatures ? null : new Refusal();
  }

  get settings(): PushSettings {
    return this.state.settings.push as PushSettings;
  }

  get nameId(): NameId {
    return this.#transitions.nameId;
  }

  get readyBytes(): number {
    return this.#readyBytes;
  }

  /** Who serves its consumers, from now on. */
  listen(listener: PushListener): void {
    this.#listener = listener;
  }

  /**
   * Recovery: channels are gone, so whatever a consumer held is ready, and what was not to outlive a restart does not. To be called before the queue is
   * told of.
   */
  recover(): void {
    const { store } = this.#context;
    const slots: number[] = [];
    this.state.forEach((slot) => slots.push(slot));
    for (const slot of slots) {
      const envelope = store.envelope[slot] as Envelope;
      if (!this.settings.isDurable || !envelope.isPersistent) this.#transitions.drop(slot, DropReason.restart);
      else {
        if (store.state[slot] === State.leased) this.#transitions.reclaim(slot);
        this.#readyBytes += (store.body[slot] as Uint8Array).length;
        this.#mayExpire ||= envelope.expirationMicros !== null;
      }
    }
    this.#setAlarm();
  }

  get #maxLength(): number | null {
    const { maxLength } = this.settings;
    return maxLength !== null && this.#context.mutations.lengthLimitOffByOne ? maxLength + 1 : maxLength;
  }

  /** Whether a message of that size is refused (`reject-publish`). */
  #refuses(sizeBytes: number, publisher: object | null): boolean {
    const { maxLengthBytes } = this.settings;
    const maxLength = this.#maxLength;
    if (this.#refusal !== null) return publisher !== null && this.#refusal.refuses(publisher, this.#fill);
    return (maxLength !== null && this.state.readyCount + 1 > maxLength) || (maxLengthBytes !== null && this.#readyBytes + sizeBytes > maxLengthBytes);
  }

  get #fill(): Fill {
    return { messages: this.state.readyCount, bytes: this.#readyBytes, maxMessages: this.#maxLength, maxBytes: this.settings.maxLengthBytes };
  }

  /** Takes a message in. False: the queue is full, and refuses it. Dead letters have no publisher. */
  publish(body: Uint8Array, trace: number, envelope: Envelope, publisher: object | null = null): boolean {
    const { overflow } = this.settings;
    if (overflow !== 'drop-head' && this.#refuses(body.length, publisher)) {
      if (overflow === 'reject-publish-dlx') this.#deadLetter(envelope, body, trace, 'maxlen', () => {});
      return false;
    }
    const wasEmpty = this.state.readyCount === 0;
    this.#transitions.accept(body, trace, envelope);
    this.#readyBytes += body.length;
    if (envelope.expirationMicros !== null) this.#mayExpire = true;
    this.#listener?.onReady(this);
    if (wasEmpty) this.#setAlarm();
    return true;
  }

  /** Gives the first message to a consumer; returns its slot, or `NONE` when there is nothing to be had. */
  take(consumer: NameId, now: number): number {
    // What comes and goes within one instant was delivered in time, even with a TTL of 0.
    if (this.#mayExpire) this.#expire(0);
    const slot = this.#next();
    if (slot === NONE) return NONE;
    this.#readyBytes -= (this.#context.store.body[slot] as Uint8Array).length;
    this.#transitions.grant(slot, consumer, now);
    if (this.#mayExpire) this.#setAlarm();
    return slot;
  }

  #next(): number {
    const { order } = this.state;
    const { store, mutations } = this.#context;
    const { first } = order;
    if (mutations.lowerPriorityFirst && first !== NONE) return this.#lowerThan(first);
    if (!mutations.secondTakenFirst || first === NONE) return first;
    const second = order.following(first);
    const areNew = second !== NONE && store.count[first] === 0 && store.count[second] === 0;
    return areNew ? second : first;
  }

  /** Mutant `lower-priority-first`: the next one that nobody has had and that has a lower priority, if there is one. */
  #lowerThan(first: number): number {
    const { store } = this.#context;
    const priorityOf = (slot: number): number => store.envelope[slot]?.priority ?? 0;
    let slot = first;
    while (slot !== NONE && (priorityOf(slot) >= priorityOf(first) || store.count[slot] !== 0)) slot = this.state.order.following(slot);
    return slot === NONE || store.count[first] !== 0 ? first : slot;
  }

  /** Acknowledged. */
  settle(slot: number): void {
    this.#transitions.settle(slot);
  }

  /** Back to the ready messages, or to the dead letters when it came back too often. */
  giveBack(slot: number, how: Return): void {
    const { store } = this.#context;
    if (how === 'ended') this.#transitions.expire(slot);
    else this.#transitions.release(slot);
    if (this.#context.mutations.requeuedAtTail) this.#putLast(slot);
    if (how === 'nack' && this.policy.countedReturns === 'failed') this.#transitions.excuse(slot);
    this.#readyBytes += (store.body[slot] as Uint8Array).length;
    const { deliveryLimit } = this.settings;
    if (deliveryLimit !== null && this.returnsOf(slot) > deliveryLimit) this.#remove(slot, 'delivery_limit');
    else {
      this.#listener?.onReady(this);
      this.#setAlarm();
    }
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
    this.#readyBytes += (this.#context.store.body[slot] as Uint8Array).length;
    this.#remove(slot, 'rejected');
  }

  /** After the consumers had what they could take: drops what is beyond the limits, and what expired. */
  trim(): void {
    const { overflow, maxLengthBytes } = this.settings;
    if (this.#refusal !== null) this.#refusal.look(this.#fill);
    if (overflow === 'drop-head') {
      const maxLength = this.#maxLength;
      while ((maxLength !== null && this.state.readyCount > maxLength) || (maxLengthBytes !== null && this.#readyBytes > maxLengthBytes)) {
        this.#remove(this.state.firstReady, 'maxlen');
      }
    }
    this.expire();
  }

  /** Drops what is ready; returns how many messages that were. */
  purge(): number {
    let purged = 0;
    for (let slot = this.state.firstReady; slot !== NONE; slot = this.state.firstReady) {
      this.#transitions.drop(slot, DropReason.purge);
      purged++;
    }
    this.#readyBytes = 0;
    return purged;
  }

  /** Takes out what expired and stands at the head. */
  expire(): void {
    if (!this.#mayExpire) return;
    this.#expire(1);
    this.#setAlarm();
  }

  stop(): void {
    this.#alarm.cancel();
  }

  /** Only the head is looked at: what stands behind one that lives longer waits, though its time is over. */
  #expire(leewayMicros: 0 | 1): void {
    const wallNow = this.#context.clock.wallMicros();
    for (let slot = this.state.firstReady; slot !== NONE && this.#expiryOf(slot) < wallNow + leewayMicros; slot = this.state.firstReady) {
      this.#remove(slot, 'expired');
    }
  }

  /** By the wall clock. The lower of the queue's and the message's own time to live counts. */
  #expiryOf(slot: number): number {
    const { store } = this.#context;
    const own = store.envelope[slot]?.expirationMicros ?? Infinity;
    return (store.age.key[slot] as number) + Math.min(own, this.settings.messageTtlMicros ?? Infinity);
  }

  #setAlarm(): void {
    const { clock } = this.#context;
    if (!this.#mayExpire || this.state.firstReady === NONE) return;
    const left = this.#expiryOf(this.state.firstReady) - clock.wallMicros();
    const now = clock.monotonicMicros();
    if (left !== Infinity) this.#alarm.setFor(now + Math.max(left, 0), now);
  }

  /** A ready message leaves unconsumed: as a dead letter where there is an exchange for them, otherwise for good. */
  #remove(slot: number, reason: DeathReason): void {
    const { store } = this.#context;
    const body = store.body[slot] as Uint8Array;
    const trace = store.trace[slot] as number;
    const envelope = store.envelope[slot] as Envelope;
    this.#readyBytes -= body.length;
    this.#deadLetter(envelope, body, trace, reason, (letters, exchange) => {
      if (letters === 0) this.#transitions.drop(slot, DROPS[reason]);
      else this.#transitions.depart(slot, MOVES[reason], exchange, letters);
    });
  }

  /** Routes it; `onRouted` takes it out of this queue before its letters are stored, which may be here again. */
  #deadLetter(envelope: Envelope, body: Uint8Array, trace: number, reason: DeathReason, onRouted: (letters: number, exchange: NameId) => void): void {
    const { deadLetterExchange: exchange, deadLetterRoutingKey: key } = this.settings;
    const { name } = this.state;
    if (exchange === null || this.#listener === null) return onRouted(0, 0);
    const { clock, mutations } = this.#context;
    const letter = deadLetterEnvelope(envelope, { queue: name, reason, wallMicros: clock.wallMicros(), exchange, key, isAppended: mutations.deathsAppended });
    const targets = this.#listener.route(exchange, letter).filter((target) => mutations.deadLetterCycleKept || !isCycle(letter, target.state.name));
    onRouted(targets.length, this.#context.sink.name(exchange === '' ? '(default exchange)' : exchange));
    for (const target of targets) target.publish(body, trace, letter);
  }
}
