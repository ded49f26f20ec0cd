import { type DropReason, EventKind, type ExpireCause, HandleState, MoveReason, type NameId, NO_DEADLINE_MICROS } from '../../history/index.js';
import type { QueueContext } from './context.js';
import type { DeathReason, Envelope } from './envelope.js';
import type { QueueState } from './queue-state.js';
import { handleOf, isSerialMark, MAX_SERIAL } from './receipt-handle.js';
import { Event, State } from './states.js';

export const MOVES: Readonly<Record<DeathReason, MoveReason>> = {
  rejected: MoveReason.rejected, expired: MoveReason.expired, maxlen: MoveReason.maxLength, delivery_limit: MoveReason.deliveryLimit,
};

/** What can happen to a message of a queue that pushes: each method writes the journal, changes memory, and reports, in this order. */
export class PushTransitions {
  readonly nameId: NameId;
  /** Bytes of the bodies of ready messages, and of those set aside. */
  readyBytes = 0;
  asideBytes = 0;
  readonly #state: QueueState;
  readonly #context: QueueContext;

  constructor(state: QueueState, context: QueueContext) {
    this.nameId = context.sink.name(state.name);
    this.#state = state;
    this.#context = context;
  }

  /** A new message; returns its slot. */
  accept(body: Uint8Array, trace: number, envelope: Envelope): number {
    const { ids, journal, clock, sink } = this.#context;
    const id = ids.next();
    const sentWall = clock.wallMicros();
    journal.publish(this.#state.number, id, trace, sentWall, envelope, body);
    const slot = this.#state.addRouted(id, trace, body, envelope, sentWall);
    this.readyBytes += body.length;
    this.#emit(EventKind.accept, 0, slot, 0, body.length, envelope.priority === null ? 0 : envelope.priority + 1);
    const [death] = envelope.deaths;
    if (death !== undefined) this.#emit(EventKind.deathHeader, sink.name(death.queue), slot, MOVES[death.reason], death.count, envelope.deaths.length);
    return slot;
  }

  /** A consumer has it from now on. */
  grant(slot: number, consumer: NameId, now: number): void {
    const { store, journal } = this.#context;
    const serial = Math.min(Math.max(store.serial[slot] as number, store.serialFloor[slot] as number) + 1, MAX_SERIAL);
    if (isSerialMark(serial)) this.#context.serials.isRunningLow = true;
    const count = (store.count[slot] as number) + 1;
    const id = store.messageId[slot] as number;
    journal.lease(id, serial, count, NO_DEADLINE_MICROS);
    this.readyBytes -= this.#sizeOf(slot);
    this.#state.lease(slot, serial, count, NO_DEADLINE_MICROS, now);
    this.#emit(EventKind.leaseGrant, consumer, slot, handleOf(id, serial), count, NO_DEADLINE_MICROS);
  }

  settle(slot: number): void {
    const { store, journal, mutations } = this.#context;
    if (!mutations.deleteNotJournalled) journal.settle(store.messageId[slot] as number);
    this.#emit(EventKind.settle, 0, slot, this.#handle(slot), HandleState.current, 0);
    this.#remove(slot);
  }

  /** Its consumer gave it back; `isFailure`: it stands where one stands that its consumer left behind. */
  release(slot: number, isFailure = false): void {
    this.#makeReady(slot, isFailure ? Event.expire : Event.release);
    this.#emit(EventKind.leaseRelease, 0, slot, this.#handle(slot), 0, 0);
  }

  /** The channel that had it is gone, or its consumer was cancelled. */
  expire(slot: number, cause: ExpireCause): void {
    this.#makeReady(slot, Event.expire);
    this.#emit(EventKind.leaseExpire, 0, slot, this.#handle(slot), cause, 0);
  }

  /** The latest return is one that the delivery limit does not count. */
  excuse(slot: number): void {
    const { store, journal } = this.#context;
    const id = store.messageId[slot] as number;
    journal.excused(id);
    store.excused.set(id, (store.excused.get(id) ?? 0) + 1);
  }

  /** A ready message waits: until it is dead-lettered, or for so long and is ready again. */
  setAside(slot: number, reason: MoveReason | 0, delayMicros = NO_DEADLINE_MICROS): void {
    const { journal, store, clock, mutations } = this.#context;
    const id = store.messageId[slot] as number;
    const bytes = this.#sizeOf(slot);
    journal.setAside(id, reason, delayMicros);
    if (reason !== 0) store.dead.set(id, reason);
    this.readyBytes -= bytes;
    this.asideBytes += bytes;
    this.#state.setAside(slot, delayMicros, clock.monotonicMicros() + (mutations.retryDelayIgnored && reason === 0 ? 0 : delayMicros));
    this.#emit(EventKind.setAside, 0, slot, reason, 0, delayMicros);
  }

  /** Its wait is over. Nobody is told: everybody knows how long it was. */
  mature(slot: number): void {
    this.asideBytes -= this.#sizeOf(slot);
    this.#makeReady(slot, Event.mature);
  }

  /** Recovery: it is here. */
  restored(slot: number): void {
    const state = this.#context.store.state[slot];
    if (state === State.ready) this.readyBytes += this.#sizeOf(slot);
    else if (state === State.delayed) this.asideBytes += this.#sizeOf(slot);
  }

  /** Recovery: nobody has it any more, and nobody is told that it was ever away. */
  reclaim(slot: number): void {
    this.#makeReady(slot, Event.expire);
  }

  drop(slot: number, reason: DropReason): void {
    this.#context.journal.drop(this.#context.store.messageId[slot] as number);
    this.#emit(EventKind.drop, 0, slot, reason, 0, 0);
    this.#remove(slot);
  }

  /** It leaves as a dead letter, of which an exchange makes so many new messages. */
  depart(slot: number, reason: MoveReason, exchange: NameId, letters: number): void {
    const { store, journal } = this.#context;
    journal.drop(store.messageId[slot] as number);
    this.#emit(EventKind.move, exchange, slot, store.count[slot] as number, reason, letters);
    this.#remove(slot);
  }

  #makeReady(slot: number, event: Event): void {
    this.#context.journal.ready(this.#context.store.messageId[slot] as number, event);
    this.#state.makeReady(slot, event);
    this.readyBytes += this.#sizeOf(slot);
  }

  #remove(slot: number): void {
    const { excused, dead, timesToLive, messageId, state } = this.#context.store;
    if (timesToLive.size > 0) timesToLive.delete(messageId[slot] as number);
    if (excused.size > 0) excused.delete(messageId[slot] as number);
    if (dead.size > 0) dead.delete(messageId[slot] as number);
    if (state[slot] === State.ready) this.readyBytes -= this.#sizeOf(slot);
    else if (state[slot] === State.delayed) this.asideBytes -= this.#sizeOf(slot);
    this.#state.remove(slot);
  }

  #sizeOf(slot: number): number {
    return (this.#context.store.body[slot] as Uint8Array).length;
  }

  #handle(slot: number): number {
    const { store } = this.#context;
    return handleOf(store.messageId[slot] as number, store.serial[slot] as number);
  }

  #emit(kind: EventKind, peer: NameId, slot: number, a: number, b: number, c: number): void {
    const { sink, actor, store } = this.#context;
    sink.emit(kind, actor, peer, this.nameId, store.trace[slot] as number, store.messageId[slot] as number, a, b, c);
  }
}
