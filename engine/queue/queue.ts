import { DropReason, HandleState, type NameId } from '../../history/index.js';
import { Alarm } from './alarm.js';
import type { QueueContext } from './context.js';
import type { LeaseBatch } from './lease-batch.js';
import { handleState, handleTooOld, passesLeaseCap } from './lease.js';
import { NONE } from './links.js';
import type { QueueState } from './queue-state.js';
import { isHandle, messageIdOf, serialOf } from './receipt-handle.js';
import { Event, nextState, REFUSED, State } from './states.js';
import { Transitions } from './transitions.js';

/** Retention is measured on the wall clock, which is looked at so often while messages are stored. */
const RETENTION_LOOK_MICROS = 10_000_000;

export interface QueueListener {
  /** A message became ready, or room for a lease came free: a waiting poll may be served. Called in the middle of an operation. */
  onDeliverable(queue: Queue): void;
  /** A timer did something; whatever `onDeliverable` announced can be served now. */
  onTimerDone(): void;
}

/** Why an operation with a receipt handle was refused. */
export type HandleRefusal = 'handleInvalid' | 'handleExpired' | 'messageNotAvailable' | 'leaseTooLong';

/** {@link Queue} found that a handle was never given out for a message of this queue. */
const INVALID = -2;

/**
 * A running queue: it decides what happens to its messages, and when; {@link Transitions} makes it happen. Times called `now`
 * are monotonic microseconds. An operation first catches up with the clock, so what a late timer would do has happened before.
 */
export class Queue {
  readonly state: QueueState;
  readonly #transitions: Transitions;
  readonly #context: QueueContext;
  readonly #listener: QueueListener;
  readonly #alarm: Alarm;
  #deadLetterQueue: Queue | null = null;
  /** Mutant `lease-timer-not-rearmed`: the timer is dead. */
  #leaseTimerDead = false;
  /** Mutant `lease-handed-out-twice`: what the next receive takes again. */
  #leaked = NONE;

  constructor(state: QueueState, context: QueueContext, listener: QueueListener) {
    this.state = state;
    this.#context = context;
    this.#listener = listener;
    this.#transitions = new Transitions(state, context);
    this.#alarm = new Alarm(context, (now) => this.#ring(now));
  }

  /** The queue's name in the history. */
  get nameId(): NameId {
    return this.#transitions.nameId;
  }

  /** Stores a message and returns its id. `delayMicros` null: the queue's own. */
  send(body: Uint8Array, trace: number, delayMicros: number | null, now: number): number {
    const settings = this.state.settings;
    const delay = delayMicros === null ? settings.delayMicros : delayMicros;
    const id = this.#transitions.accept(body, trace, delay, this.#context.clock.wallMicros(), now);
    if (delay === 0) {
      this.#listener.onDeliverable(this);
      this.#alarm.setFor(now + Math.min(settings.retentionMicros, RETENTION_LOOK_MICROS), now);
    } else this.#alarm.setFor(now + Math.min(delay, settings.retentionMicros, RETENTION_LOOK_MICROS), now);
    return id;
  }

  /**
   * Leases up to `max` ready messages to a consumer and lists their slots in `batch`. A message that was received as often as
   * the dead-letter rule allows is moved instead. Stops at the limit of messages in flight.
   */
  receive(max: number, timeoutMicros: number, consumer: NameId, now: number, batch: LeaseBatch): void {
    const state = this.state;
    const maxInFlight = this.#context.policy.maxInFlight;
    batch.clear();
    this.catchUp(now);
    this.#dropExpired();
    if (this.#leaked !== NONE) this.#grantLeaked(timeoutMicros, consumer, now, batch);
    for (let turns = state.readyCount; turns > 0 && batch.length < max && state.leasedCount < maxInFlight; turns--) {
      const slot = state.firstReady;
      if (this.#deadLetterQueue !== null && this.#isExhausted(slot)) this.#moveAway(slot, this.#deadLetterQueue, now);
      else this.#grant(slot, timeoutMicros, consumer, now, batch);
    }
    if (batch.length === 0) return;
    // A timeout of 0 returns the messages and leaves them ready.
    if (timeoutMicros === 0) this.catchUp(now);
    else if (!this.#leaseTimerDead) this.#alarm.setFor(now + timeoutMicros, now);
  }

  /** Acknowledges. Null: done, or was done before. */
  settle(handle: number, now: number): HandleRefusal | null {
    this.catchUp(now);
    const slot = this.#find(handle);
    if (slot === INVALID) return 'handleInvalid';
    if (slot === NONE) return null;
    const { store, policy } = this.#context;
    const state = store.state[slot] as number;
    if (nextState(state, Event.settle) === REFUSED) return 'handleInvalid';
    const standing = handleState(state, store.serial[slot] as number, serialOf(handle));
    if (standing === HandleState.superseded && policy.supersededSettle === 'ignored') return null;
    if (handleTooOld(policy, store.receivedAt[slot] as number, now)) return 'handleExpired';
    this.#transitions.settle(slot, handle, standing);
    this.#afterRemoval();
    return null;
  }

  /** Extends a lease, or with 0 gives the message back. Null: done. */
  changeVisibility(handle: number, timeoutMicros: number, now: number): HandleRefusal | null {
    this.catchUp(now);
    const slot = this.#find(handle);
    if (slot === INVALID) return 'handleInvalid';
    if (slot === NONE) return 'messageNotAvailable';
    const { store, policy } = this.#context;
    const state = store.state[slot] as number;
    const receivedAt = store.receivedAt[slot] as number;
    if (nextState(state, timeoutMicros === 0 ? Event.release : Event.extend) === REFUSED) return 'handleInvalid';
    if (handleTooOld(policy, receivedAt, now)) return 'handleExpired';
    if (passesLeaseCap(policy, receivedAt, now, timeoutMicros)) return 'leaseTooLong';
    if (timeoutMicros > 0) this.#extend(slot, timeoutMicros, now);
    else if (state === State.leased) {
      this.#transitions.release(slot);
      this.#afterLease(slot, now);
    }
    return null;
  }

  /** Drops every message, leased and delayed ones too. */
  purge(): void {
    this.#transitions.purge(DropReason.purge);
  }

  /** Moves the first ready message to another queue as a new one. */
  redriveFirst(target: Queue, taskId: number, now: number): void {
    this.#transitions.redrive(this.state.firstReady, target.#transitions, taskId, now);
    target.#arrived(now);
  }

  /** Ends the leases and delays whose time has come. */
  catchUp(now: number): void {
    const { leases, delays } = this.state;
    while (leases.firstKey <= now && !this.#leaseTimerDead) {
      const slot = leases.first;
      this.#transitions.expire(slot);
      this.#afterLease(slot, now);
    }
    while (delays.firstKey <= now) {
      this.#transitions.mature(delays.first);
      if (!this.#context.mutations.delayDoesNotWake) this.#listener.onDeliverable(this);
    }
  }

  /** After recovery, and after a change of settings: where messages go, and when the timer rings. */
  configure(deadLetterQueue: Queue | null, now: number): void {
    this.#deadLetterQueue = deadLetterQueue;
    this.#setAlarm(now);
  }

  emitRestored(): void {
    this.state.forEach((slot) => this.#transitions.emitRestored(slot));
  }

  emitLedger(): void {
    this.#transitions.emitLedger();
  }

  stop(): void {
    this.#alarm.cancel();
  }

  /** The one timer of the queue rings at the next end of a lease, of a delay or of a retention period. */
  #ring(now: number): void {
    this.catchUp(now);
    this.#dropExpired();
    if (this.#context.mutations.leaseTimerNotRearmed) this.#leaseTimerDead = true;
    this.#setAlarm(now);
    this.#listener.onTimerDone();
  }

  #setAlarm(now: number): void {
    const { leases, delays, ages, settings } = this.state;
    this.#alarm.setFor(delays.firstKey, now);
    if (!this.#leaseTimerDead) this.#alarm.setFor(leases.firstKey, now);
    if (ages.first === NONE) return;
    const left = ages.firstKey + settings.retentionMicros - this.#context.clock.wallMicros();
    // At least a little: the two clocks of a machine need not agree to the microsecond. And not too long: the wall clock may
    // jump, of which the timer hears nothing.
    this.#alarm.setFor(now + Math.min(Math.max(left, 1), RETENTION_LOOK_MICROS), now);
  }

  /** Drops what was sent longer ago than the retention period, by the wall clock. */
  #dropExpired(): void {
    const { ages, settings } = this.state;
    if (ages.first === NONE) return;
    const newestExpired = this.#context.clock.wallMicros() - settings.retentionMicros;
    while (ages.firstKey <= newestExpired) {
      this.#transitions.drop(ages.first, DropReason.retention);
      this.#afterRemoval();
    }
  }

  #grant(slot: number, timeoutMicros: number, consumer: NameId, now: number, batch: LeaseBatch): void {
    this.#transitions.grant(slot, timeoutMicros, consumer, now);
    batch.add(slot);
    if (this.#context.mutations.leaseHandedOutTwice && timeoutMicros > 0 && (this.#context.store.messageId[slot] as number) % 8 === 0) {
      this.#leaked = slot;
    }
  }

  #grantLeaked(timeoutMicros: number, consumer: NameId, now: number, batch: LeaseBatch): void {
    const slot = this.#leaked;
    this.#leaked = NONE;
    const { store } = this.#context;
    if (store.state[slot] !== State.leased || store.queue[slot] !== this.state.number) return;
    this.state.makeReady(slot, Event.expire);
    this.#transitions.grant(slot, timeoutMicros, consumer, now);
    batch.add(slot);
  }

  #extend(slot: number, timeoutMicros: number, now: number): void {
    this.#transitions.extend(slot, timeoutMicros, now);
    if (!this.#leaseTimerDead) this.#alarm.setFor(this.#context.store.turn.key[slot] as number, now);
  }

  /** A lease has ended and the message is ready again. */
  #afterLease(slot: number, now: number): void {
    const target = this.#deadLetterQueue;
    const { mutations } = this.#context;
    if (mutations.deadLetterOnTimeout && target !== null && this.#isExhausted(slot)) this.#moveAway(slot, target, now);
    else if (!mutations.waiterNotWoken) this.#listener.onDeliverable(this);
  }

  /** Whether a receive must move this message instead of delivering it (SQS: maxReceiveCount). */
  #isExhausted(slot: number): boolean {
    const deadLetter = this.state.settings.deadLetter;
    if (deadLetter === null) return false;
    const { oneDeliveryTooMany, oneDeliveryTooFew } = this.#context.mutations;
    const allowed = deadLetter.maxReceiveCount + (oneDeliveryTooMany ? 1 : 0) - (oneDeliveryTooFew ? 1 : 0);
    return (this.#context.store.count[slot] as number) >= allowed;
  }

  #moveAway(slot: number, target: Queue, now: number): void {
    this.#transitions.deadLetter(slot, target.#transitions, now);
    target.#arrived(now);
  }

  #arrived(now: number): void {
    this.#setAlarm(now);
    this.#listener.onDeliverable(this);
  }

  /** Room came free: a poll that waits at the limit of messages in flight may go on. */
  #afterRemoval(): void {
    if (this.state.leasedCount === this.#context.policy.maxInFlight - 1) this.#listener.onDeliverable(this);
  }

  /** The slot of the message that a handle names; {@link NONE} when it has left this queue; {@link INVALID} when it never was here. */
  #find(handle: number): number {
    if (!isHandle(handle)) return INVALID;
    const { store, ids } = this.#context;
    const id = messageIdOf(handle);
    if (!ids.wasIssued(id)) return INVALID;
    const slot = store.find(id);
    if (slot === NONE) return NONE;
    if (store.queue[slot] !== this.state.number) return store.origin[slot] === this.state.number ? NONE : INVALID;
    return serialOf(handle) > (store.serial[slot] as number) ? INVALID : slot;
  }
}
